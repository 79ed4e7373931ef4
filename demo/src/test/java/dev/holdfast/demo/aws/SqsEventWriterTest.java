package dev.holdfast.demo.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

final class SqsEventWriterTest {

  @Test
  void toJson_message_hasFormatOfLambdaEvent() {
    Message message =
        Message.builder()
            .messageId("m1")
            .receiptHandle("r1")
            .body("{\"order\":1}")
            .md5OfBody("5f")
            .attributes(Map.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2"))
            .build();

    assertThat(
            new SqsEventWriter("arn:aws:sqs:us-east-1:000000000000:orders")
                .toJson(List.of(message)))
        .isEqualTo(
            """
            {"Records":[{"messageId":"m1","receiptHandle":"r1","body":"{\\"order\\":1}",\
            "attributes":{"ApproximateReceiveCount":"2"},"messageAttributes":{},\
            "md5OfBody":"5f","eventSource":"aws:sqs",\
            "eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:orders",\
            "awsRegion":"us-east-1"}]}""");
  }
}
