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

/** One SQS queue. Thread-safe. */
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

  /**
   * Deletes a message. As in SQS, only the receipt handle of the latest delivery is certain to
   * delete it.
   */
  void delete(Message message) {
    try {
      client.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
    } catch (ReceiptHandleIsInvalidException redelivered) {
      // the later delivery deletes the message
    }
  }

  /** Ends the visibility timeout of a message, so that the queue delivers it again. */
  void makeVisible(Message message) {
    client.changeMessageVisibility(
        r -> r.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
  }

  /**
   * Returns the number of messages that are neither deleted nor in the dead-letter queue.
   *
   * @return the number of messages
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
