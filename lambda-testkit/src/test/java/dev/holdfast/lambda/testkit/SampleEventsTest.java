package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleEventsTest {
  private static final SampleHttpRequest REQUEST =
      SampleHttpRequest.of("POST", "/orders/17")
          .route("/orders/{id}")
          .header("Idempotency-Key", "key-1")
          .body("{}")
          .caller("alice")
          .query("a", "b")
          .query("a", "c d");

  @Test
  void sqs_isReadableAsEventClass() {
    SqsMessage redelivery = SqsMessage.of("m-1", "{\"order\":17}").delivery("r-2", 2);

    SQSMessage read =
        LambdaJson.read(SampleEvents.sqs(redelivery), SQSEvent.class).getRecords().get(0);

    assertThat(read.getMessageId()).isEqualTo("m-1");
    assertThat(read.getReceiptHandle()).isEqualTo("r-2");
    assertThat(read.getBody()).isEqualTo("{\"order\":17}");
    assertThat(read.getAttributes()).containsEntry("ApproximateReceiveCount", "2");
    assertThat(read.getEventSourceArn()).endsWith(":orders");
    assertThat(read.getMd5OfBody()).isEqualTo("558da6fedadb1d433414e146f8da40b2");
  }

  @Test
  void sqs_fifoQueue_hasMessageGroupId() {
    SqsMessage grouped = SqsMessage.of("m-1", "x").group("order-17");

    SQSMessage read =
        LambdaJson.read(SampleEvents.sqs(grouped), SQSEvent.class).getRecords().get(0);

    assertThat(read.getAttributes()).containsEntry("MessageGroupId", "order-17");
    assertThat(read.getEventSourceArn()).endsWith(".fifo");
  }

  @Test
  void eventBridge_detailIsObject() {
    String event = SampleEvents.eventBridge("e-1", "shop", "OrderPlaced", "{\"order\":17}");

    ScheduledEvent read = LambdaJson.read(event, ScheduledEvent.class);

    assertThat(read.getId()).isEqualTo("e-1");
    assertThat(read.getSource()).isEqualTo("shop");
    assertThat(read.getDetailType()).isEqualTo("OrderPlaced");
    assertThat(read.getDetail()).isEqualTo(Map.of("order", 17));
  }

  @Test
  void scheduledRule_hasRuleArnAndEmptyDetail() {
    ScheduledEvent read =
        LambdaJson.read(SampleEvents.scheduledRule("e-1", "nightly"), ScheduledEvent.class);

    assertThat(read.getResources())
        .containsExactly("arn:aws:events:us-east-1:123456789012:rule/nightly");
    assertThat(read.getDetail()).isEmpty();
  }

  @Test
  void scheduler_detailIsString() {
    assertThat(LambdaJson.readObject(SampleEvents.scheduler("e-1", "nightly")))
        .containsEntry("source", "aws.scheduler")
        .containsEntry("detail", "{}");
  }

  @Test
  void sns_isReadableAsEventClass() {
    SNSEvent read = LambdaJson.read(SampleEvents.sns("n-1", "hello"), SNSEvent.class);

    assertThat(read.getRecords().get(0).getSNS().getMessageId()).isEqualTo("n-1");
    assertThat(read.getRecords().get(0).getSNS().getMessage()).isEqualTo("hello");
  }

  @Test
  void s3_isReadableAsEventClass() {
    String event =
        SampleEvents.s3(S3Notification.put("orders", "in/a b+c.csv", "0055AE").version("v1"));

    S3EventNotificationRecord read = LambdaJson.read(event, S3Event.class).getRecords().get(0);

    assertThat(read.getS3().getBucket().getName()).isEqualTo("orders");
    assertThat(read.getS3().getObject().getKey()).isEqualTo("in/a+b%2Bc.csv");
    assertThat(read.getS3().getObject().getUrlDecodedKey()).isEqualTo("in/a b+c.csv");
    assertThat(read.getS3().getObject().getVersionId()).isEqualTo("v1");
    assertThat(read.getS3().getObject().getSequencer()).isEqualTo("0055AE");
  }

  @Test
  void scheduledRule_withTime_hasThatTime() {
    assertThat(
            LambdaJson.readObject(
                SampleEvents.scheduledRule("e-1", "nightly", "2026-01-02T03:04:05Z")))
        .containsEntry("time", "2026-01-02T03:04:05Z");
  }

  @Test
  void restApi_isReadableAsEventClass() {
    APIGatewayProxyRequestEvent read =
        LambdaJson.read(SampleEvents.restApi(REQUEST), APIGatewayProxyRequestEvent.class);

    assertThat(read.getHttpMethod()).isEqualTo("POST");
    assertThat(read.getResource()).isEqualTo("/orders/{id}");
    assertThat(read.getPathParameters()).isEqualTo(Map.of("id", "17"));
    assertThat(read.getMultiValueHeaders()).containsEntry("Idempotency-Key", List.of("key-1"));
    assertThat(read.getQueryStringParameters()).isEqualTo(Map.of("a", "c d"));
    assertThat(read.getMultiValueQueryStringParameters())
        .isEqualTo(Map.of("a", List.of("b", "c d")));
    assertThat(read.getRequestContext().getAuthorizer().get("claims"))
        .asString()
        .contains("sub=alice");
  }

  @Test
  void httpApi_isReadableAsEventClass() {
    APIGatewayV2HTTPEvent read =
        LambdaJson.read(SampleEvents.httpApi(REQUEST), APIGatewayV2HTTPEvent.class);

    assertThat(read.getVersion()).isEqualTo("2.0");
    assertThat(read.getRouteKey()).isEqualTo("POST /orders/{id}");
    assertThat(read.getRequestContext().getHttp().getMethod()).isEqualTo("POST");
    assertThat(read.getRequestContext().getAuthorizer().getJwt().getClaims())
        .containsEntry("sub", "alice");
    assertThat(read.getPathParameters()).isEqualTo(Map.of("id", "17"));
    assertThat(read.getRawQueryString()).isEqualTo("a=b&a=c+d");
    assertThat(read.getQueryStringParameters()).isEqualTo(Map.of("a", "b,c d"));
  }

  @Test
  void functionUrl_hasDefaultRoute() {
    APIGatewayV2HTTPEvent read =
        LambdaJson.read(SampleEvents.functionUrl(REQUEST), APIGatewayV2HTTPEvent.class);

    assertThat(read.getRouteKey()).isEqualTo("$default");
    assertThat(read.getRawPath()).isEqualTo("/orders/17");
  }

  @Test
  void loadBalancer_isReadableAsEventClass() {
    ApplicationLoadBalancerRequestEvent read =
        LambdaJson.read(
            SampleEvents.loadBalancer(REQUEST), ApplicationLoadBalancerRequestEvent.class);

    assertThat(read.getHttpMethod()).isEqualTo("POST");
    assertThat(read.getPath()).isEqualTo("/orders/17");
    assertThat(read.getQueryStringParameters()).isEqualTo(Map.of("a", "c+d"));
    assertThat(read.getRequestContext().getElb().getTargetGroupArn()).contains("targetgroup");
  }

  @Test
  void kinesis_isReadableAsEventClass() {
    String event = SampleEvents.kinesis(new StreamRecord("49", "17", "hello"));

    KinesisEventRecord read = LambdaJson.read(event, KinesisEvent.class).getRecords().get(0);

    assertThat(read.getEventID()).isEqualTo("shardId-000000000001:49");
    assertThat(read.getKinesis().getSequenceNumber()).isEqualTo("49");
    assertThat(read.getKinesis().getPartitionKey()).isEqualTo("17");
    assertThat(UTF_8.decode(read.getKinesis().getData()).toString()).isEqualTo("hello");
  }

  @Test
  void dynamoDbStream_isReadableAsEventClass() {
    String event = SampleEvents.dynamoDbStream(new StreamRecord("49", "17", "hello"));

    DynamodbStreamRecord read = LambdaJson.read(event, DynamodbEvent.class).getRecords().get(0);

    assertThat(read.getDynamodb().getSequenceNumber()).isEqualTo("49");
    assertThat(read.getDynamodb().getKeys().get("id")).hasFieldOrPropertyWithValue("s", "17");
    assertThat(read.getEventSourceARN()).contains("/stream/");
  }
}
