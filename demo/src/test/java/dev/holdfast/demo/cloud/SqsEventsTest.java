package dev.holdfast.demo.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

final class SqsEventsTest {

  @Test
  void json_isWhatLambdaSends() {
    Message message =
        Message.builder()
            .messageId("m1")
            .receiptHandle("r1")
            .body("{\"order\":1}")
            .md5OfBody("5f")
            .attributes(Map.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2"))
            .build();

    assertThat(new SqsEvents("arn:aws:sqs:us-east-1:000000000000:orders").json(List.of(message)))
        .isEqualTo(
            """
            {"Records":[{"messageId":"m1","receiptHandle":"r1","body":"{\\"order\\":1}",\
            "attributes":{"ApproximateReceiveCount":"2"},"messageAttributes":{},\
            "md5OfBody":"5f","eventSource":"aws:sqs",\
            "eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:orders",\
            "awsRegion":"us-east-1"}]}""");
  }
}
