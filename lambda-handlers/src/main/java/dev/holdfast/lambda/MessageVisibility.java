package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;

/**
 * Changes when a message that is reported comes back: SQS's {@code ChangeMessageVisibility}, for
 * which the function's role needs {@code sqs:ChangeMessageVisibility} on the queue.
 *
 * <pre>{@code
 * (message, timeout) ->
 *     sqs.changeMessageVisibility(
 *         r ->
 *             r.queueUrl(queueUrl)
 *                 .receiptHandle(message.getReceiptHandle())
 *                 .visibilityTimeout((int) timeout.toSeconds()))
 * }</pre>
 */
@FunctionalInterface
public interface MessageVisibility {

  /**
   * Lets a message come back no sooner than after this time, and soon after it.
   *
   * @param message as it was received
   * @param timeout from now on, in whole seconds, from 1 s to 12 h
   * @throws Exception if it could not be changed: then the message comes back when the queue says
   */
  void change(SQSMessage message, Duration timeout) throws Exception;
}
