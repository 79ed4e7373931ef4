package dev.holdfast.lambda.model;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lock.Lease;

/** Handler of one message of a batch. It runs while the message's lock is held. */
@FunctionalInterface
public interface SqsMessageHandler {

  /**
   * Handles a message.
   *
   * @param message the message
   * @param lease the held lock
   * @throws Exception if the message failed. The message is reported; the other messages are
   *     handled.
   */
  void handle(SQSMessage message, Lease lease) throws Exception;
}
