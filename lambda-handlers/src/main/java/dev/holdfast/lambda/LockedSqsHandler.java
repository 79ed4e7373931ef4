package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Handles the messages of an SQS queue, each by itself under a lock on its resource, and once where
 * the guard remembers events. As thread-safe as the subclass.
 *
 * <p>The event source mapping must have {@code ReportBatchItemFailures} on: exactly the messages
 * that failed, or were not worked on, are reported. A busy message is tried again after the rest of
 * the batch and then reported.
 */
public abstract class LockedSqsHandler implements RequestStreamHandler {
  private static final JsonStreams<SQSEvent, SQSBatchResponse> STREAMS =
      new JsonStreams<>(
          JsonType.of(SQSEvent.class)::read, JsonType.of(SQSBatchResponse.class)::write);

  private final Guard guard;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   */
  protected LockedSqsHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard");
  }

  /**
   * Says what must not be worked on at the same time as this message.
   *
   * @param message the message
   * @return the resource's id, shared by everyone who uses the table
   */
  protected abstract String resourceId(SQSMessage message);

  /**
   * Says by what a message is known again; its message id unless overridden.
   *
   * @param message the message
   * @return an id that each delivery of the message has
   */
  protected String eventId(SQSMessage message) {
    return message.getMessageId();
  }

  /**
   * Handles one message while its lock is held.
   *
   * @param message the message
   * @param lease the lock under which this runs
   * @param context of the invocation
   * @throws Exception if this message failed; it is reported, and its neighbours go on
   */
  protected abstract void handle(SQSMessage message, Lease lease, Context context) throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Ids<SQSMessage> ids = Ids.<SQSMessage>ofResource(this::resourceId).andEvent(this::eventId);
    STREAMS.exchange(
        input,
        output,
        event -> guard.eachMessage(event, context, ids, (m, lease) -> handle(m, lease, context)));
  }
}
