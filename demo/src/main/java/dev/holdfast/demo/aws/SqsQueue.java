package dev.holdfast.demo.aws;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;

/** One queue. Thread-safe. */
public final class SqsQueue {
  private final SqsClient client;
  private final String url;
  private final String arn;

  SqsQueue(SqsClient client, String url, String arn) {
    this.client = client;
    this.url = url;
    this.arn = arn;
  }

  String arn() {
    return arn;
  }

  /**
   * Sends a message.
   *
   * @param body the body of the message
   */
  public void send(String body) {
    client.sendMessage(r -> r.queueUrl(url).messageBody(body));
  }

  List<Message> receive(int maxMessages, Duration waitTime) {
    return client
        .receiveMessage(
            r ->
                r.queueUrl(url)
                    .maxNumberOfMessages(maxMessages)
                    .waitTimeSeconds((int) waitTime.toSeconds())
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  /** Deletes a message; as in SQS, only the newest delivery's receipt handle does so for sure. */
  void delete(Message message) {
    try {
      client.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
    } catch (ReceiptHandleIsInvalidException redelivered) {
      // the later delivery decides
    }
  }

  /** Ends the visibility time-out, so that the queue delivers the message again. */
  void makeVisible(Message message) {
    client.changeMessageVisibility(
        r -> r.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
  }

  /**
   * How much is left to do.
   *
   * @return the number of messages that are neither deleted nor moved to the dead-letter queue
   */
  public int size() {
    Map<QueueAttributeName, String> attributes =
        client
            .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return Stream.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)
        .mapToInt(name -> Integer.parseInt(attributes.getOrDefault(name, "0")))
        .sum();
  }
}
