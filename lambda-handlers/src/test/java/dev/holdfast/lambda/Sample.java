package dev.holdfast.lambda;

import dev.holdfast.lambda.testkit.HttpCall;
import dev.holdfast.lambda.testkit.S3Change;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.StreamEntry;

/** An event of each trigger, and the handler that it is for. */
enum Sample {
  SQS(Handlers.SQS, SampleEvents.sqs(SqsMessage.of("m-1", "text"))),
  SQS_FIFO(Handlers.SQS, SampleEvents.sqs(SqsMessage.of("m-1", "text").group("orders"))),
  EVENT_BRIDGE(Handlers.EVENT_BRIDGE, SampleEvents.eventBridge("e-1", "shop", "Placed", "{}")),
  SCHEDULE_RULE(Handlers.EVENT_BRIDGE, SampleEvents.scheduleRule("e-1", "nightly")),
  SCHEDULER(Handlers.EVENT_BRIDGE, SampleEvents.scheduler("e-1", "nightly")),
  SNS(Handlers.SNS, SampleEvents.sns("n-1", "text")),
  S3(Handlers.S3, SampleEvents.s3(S3Change.put("orders", "a.csv", "01"))),
  KINESIS(Handlers.KINESIS, SampleEvents.kinesis(new StreamEntry("1", "key", "text"))),
  DYNAMODB_STREAM(
      Handlers.DYNAMODB_STREAM, SampleEvents.dynamoDbStream(new StreamEntry("1", "key", "text"))),
  REST_API(Handlers.HTTP, SampleEvents.restApi(HttpCall.of("POST", "/orders"))),
  HTTP_API(Handlers.HTTP, SampleEvents.httpApi(HttpCall.of("POST", "/orders"))),
  FUNCTION_URL(Handlers.HTTP, SampleEvents.functionUrl(HttpCall.of("POST", "/orders"))),
  LOAD_BALANCER(Handlers.HTTP, SampleEvents.loadBalancer(HttpCall.of("POST", "/orders"))),
  PLAIN(Handlers.PLAIN, "{\"text\":\"text\"}");

  private final Handlers handler;
  private final String event;

  Sample(Handlers handler, String event) {
    this.handler = handler;
    this.event = event;
  }

  Handlers handler() {
    return handler;
  }

  String event() {
    return event;
  }
}
