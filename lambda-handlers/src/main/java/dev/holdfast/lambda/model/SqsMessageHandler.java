package dev.holdfast.lambda.model;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lock.Lease;

/** What to do with one message of a batch while its lock is held. */
@FunctionalInterface
public interface SqsMessageHandler {

  /**
   * Handles a message.
   *
   * @param message the message
   * @param lease the lock under which this runs
   * @throws Exception if this message failed; it is reported, and its neighbours go on
   */
  void handle(SQSMessage message, Lease lease) throws Exception;
}
