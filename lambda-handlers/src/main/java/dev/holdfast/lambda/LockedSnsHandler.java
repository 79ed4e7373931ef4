package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.json.JsonStreamHandler;
import dev.holdfast.lambda.internal.json.NoResult;
import dev.holdfast.lambda.internal.json.RecordsJsonReader;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.notifications.AsyncRecordProcessor;
import dev.holdfast.lambda.internal.records.RecordValidator;
import dev.holdfast.lambda.internal.records.WorklessEvents;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Handler of messages of an SNS topic under a lock on their resource, and once if the guard
 * deduplicates events. As thread-safe as the subclass.
 *
 * <p>A handler waits for a busy resource while enough time for the work remains. Then the
 * invocation fails and Lambda retries it, so the function needs a failure destination or a
 * dead-letter queue.
 */
public abstract class LockedSnsHandler implements RequestStreamHandler {
  private static final String EVENT_DESCRIPTION = "a message of SNS";
  private static final JsonCodec<SNSEvent> EVENT_CODEC = JsonCodec.of(SNSEvent.class);
  private static final JsonStreamHandler<List<SNSRecord>, NoResult> STREAM_HANDLER =
      new JsonStreamHandler<>(LockedSnsHandler::readMessages, NoResult::toJson);

  private final Guard guard;
  private final IdSource<SNSRecord> idSource;

  /**
   * Creates a handler.
   *
   * @param guard the guard that acquires the locks
   * @throws IllegalStateException if the guard stores results, or an event id pointer is set and
   *     the guard does not deduplicate
   */
  protected LockedSnsHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    IdPointers idPointers = guard.idPointers();
    this.idSource =
        new IdSource<SNSRecord>(idPointers, this::resourceId, this::requireEventId)
            .ignoring(this::isIgnored);
  }

  /**
   * Returns the resource that only one message at a time may use. Override this method, or set
   * {@code HOLDFAST_RESOURCE_ID}, for example to {@code /Sns/Message/orderId}.
   *
   * @param message the message
   * @return the resource id, which all users of the table share
   */
  protected String resourceId(SNSRecord message) {
    throw IdPointers.missingResourceId();
  }

  /**
   * Returns the id of a message. The default is its message id. {@code HOLDFAST_EVENT_ID} replaces
   * this method.
   *
   * @param message the message
   * @return an id that is the same for each delivery of the message
   */
  protected String eventId(SNSRecord message) {
    String id = message.getSNS().getMessageId();
    if (id == null || id.isEmpty()) {
      throw new InvalidEventException(
          EVENT_DESCRIPTION + " must have a \"MessageId\", got none: override eventId");
    }
    return id;
  }

  private Optional<String> requireEventId(SNSRecord message) {
    return Optional.of(WorkKey.requireNonEmpty("event id", eventId(message)));
  }

  /**
   * Returns whether a message carries no work. The default accepts the test messages that S3 and
   * Auto Scaling send when a notification is set up. Such a message is acknowledged with a log
   * line, without a lock and without a write.
   *
   * @param message the message
   * @return true if there is nothing to handle
   */
  protected boolean isIgnored(SNSRecord message) {
    return WorklessEvents.isTestMessage(message.getSNS().getMessage());
  }

  /**
   * Handles one message under its lock.
   *
   * @param message the message
   * @param lease the lease of the held lock
   * @param context the context of the invocation
   * @throws Exception if the message fails; the exception is rethrown unchanged, and the event is
   *     not completed
   */
  protected abstract void handle(SNSRecord message, Lease lease, Context context) throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    STREAM_HANDLER
        .ignoring(WorklessEvents.pings(context), event -> false)
        .handle(input, output, (messages, json) -> processRecords(messages, json, context));
  }

  private NoResult processRecords(List<SNSRecord> messages, byte[] json, Context context)
      throws Exception {
    try (WorkGuard workGuard = guard.startInvocation(context)) {
      return new AsyncRecordProcessor<>(workGuard, idSource, this::handle)
          .process(messages, new RecordsJsonReader(json, EVENT_DESCRIPTION));
    }
  }

  private static List<SNSRecord> readMessages(byte[] json) {
    List<SNSRecord> messages =
        RecordValidator.requireRecords(EVENT_CODEC.read(json).getRecords(), EVENT_DESCRIPTION);
    if (messages.stream().anyMatch(message -> message.getSNS() == null)) {
      throw new InvalidEventException(
          EVENT_DESCRIPTION + " must have an \"Sns\", got a record without");
    }
    return messages;
  }
}
