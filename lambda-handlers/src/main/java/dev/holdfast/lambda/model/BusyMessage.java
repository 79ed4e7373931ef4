package dev.holdfast.lambda.model;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.internal.log.LogValue;
import java.time.Duration;
import java.util.Objects;

/**
 * A message that was not handled since its lock is held, and when it should come again: what {@code
 * ChangeMessageVisibility} of SQS takes.
 *
 * @param message the message
 * @param visibilityTimeout from now until it should come again, from 1 s to 12 h, in whole seconds
 */
public record BusyMessage(SQSMessage message, Duration visibilityTimeout) {

  /** Checks that there are both. */
  public BusyMessage {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(visibilityTimeout, "visibility");
  }

  /**
   * The queue.
   *
   * @return its URL, as its ARN has it
   * @throws IllegalStateException if the message does not say its queue
   */
  public String queueUrl() {
    String[] arn = String.valueOf(message.getEventSourceArn()).split(":", -1);
    if (arn.length != 6) {
      throw new IllegalStateException(
          "message must have the ARN of its queue, got "
              + LogValue.of(String.valueOf(message.getEventSourceArn())));
    }
    String domain = arn[1].equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    return "https://sqs." + arn[3] + "." + domain + "/" + arn[4] + "/" + arn[5];
  }

  /**
   * By what the queue knows this delivery.
   *
   * @return the receipt handle
   */
  public String receiptHandle() {
    return message.getReceiptHandle();
  }

  /**
   * The visibility in the unit of SQS.
   *
   * @return seconds, from 1 to 43,200
   */
  public int visibilityTimeoutSeconds() {
    return Math.toIntExact(visibilityTimeout.toSeconds());
  }

  @Override
  public String toString() {
    return "BusyMessage[" + message.getMessageId() + ", " + visibilityTimeout + "]";
  }
}
