package dev.holdfast.lambda.model;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.Objects;

/**
 * Message that was not handled because its lock is held, with the arguments of {@code
 * ChangeMessageVisibility} of SQS.
 *
 * @param message the message
 * @param visibilityTimeout the time until its next delivery, from 1 s to 12 h, in whole seconds
 */
public record BusyMessage(SQSMessage message, Duration visibilityTimeout) {

  /** Checks that neither argument is null. */
  public BusyMessage {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(visibilityTimeout, "visibilityTimeout");
  }

  /**
   * Returns the URL of the queue.
   *
   * @return the URL, formed from the queue's ARN
   * @throws IllegalStateException if the message has no ARN of a queue
   */
  public String queueUrl() {
    String[] arn = String.valueOf(message.getEventSourceArn()).split(":", -1);
    if (arn.length != 6) {
      throw new IllegalStateException(
          "message must have the ARN of its queue, got "
              + LogText.value(String.valueOf(message.getEventSourceArn())));
    }
    String domain = arn[1].equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    return "https://sqs." + arn[3] + "." + domain + "/" + arn[4] + "/" + arn[5];
  }

  /**
   * Returns the receipt handle of this delivery.
   *
   * @return the receipt handle
   */
  public String receiptHandle() {
    return message.getReceiptHandle();
  }

  /**
   * Returns the visibility timeout in seconds, as SQS takes it.
   *
   * @return seconds, from 1 to 43,200
   */
  public int visibilityTimeoutSeconds() {
    return Math.toIntExact(visibilityTimeout.toSeconds());
  }

  /** Returns the message id and the visibility timeout; the body is left out. */
  @Override
  public String toString() {
    return "BusyMessage["
        + LogText.escape(String.valueOf(message.getMessageId()))
        + ", "
        + visibilityTimeout
        + "]";
  }
}
