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
import java.util.Optional;

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
  private final HandlerIds<SQSMessage> ids;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if an id is given twice, by a method and by the environment
   */
  protected LockedSqsHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureKeepingNoResults(getClass());
    Pointers pointers = guard.pointersFor(getClass(), LockedSqsHandler.class);
    this.ids = new HandlerIds<>(pointers, this::resourceId, this::presentEventId);
  }

  /**
   * Says what must not be worked on at the same time as this message. Unless overridden or found by
   * {@code HOLDFAST_RESOURCE_ID}, it is the message group of a FIFO queue, and a message of a
   * standard queue fails.
   *
   * @param message the message
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(SQSMessage message) {
    return SqsMessages.orderedGroup(message).orElseThrow(SqsMessages::noResource);
  }

  /**
   * Says by what a message is known again. Unless overridden or found by {@code HOLDFAST_EVENT_ID},
   * it is the message id, and in a FIFO queue the queue with the deduplication id.
   *
   * @param message the message
   * @return an id that each delivery of the message has
   */
  protected String eventId(SQSMessage message) {
    return SqsMessages.identity(message);
  }

  private Optional<String> presentEventId(SQSMessage message) {
    return Optional.of(Subject.present("event id", eventId(message)));
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
    STREAMS.exchange(input, output, (event, json) -> handled(event, json, context));
  }

  private SQSBatchResponse handled(SQSEvent event, byte[] json, Context context) {
    RecordsJson records = new RecordsJson(json, "a batch of SQS messages");
    return guard.batch(
        event,
        context,
        m -> ids.of(m, () -> records.firstWith("messageId", m.getMessageId())),
        (m, lease) -> handle(m, lease, context));
  }
}
