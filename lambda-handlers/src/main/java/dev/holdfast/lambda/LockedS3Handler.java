package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.JsonStreamHandler;
import dev.holdfast.lambda.internal.json.NoResult;
import dev.holdfast.lambda.internal.json.RecordsJsonReader;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.notifications.AsyncRecordProcessor;
import dev.holdfast.lambda.internal.notifications.S3EventReader;
import dev.holdfast.lambda.internal.notifications.S3Object;
import dev.holdfast.lambda.internal.records.WorklessEvents;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Handler of notifications about objects of an S3 bucket, one at a time for each object, and once
 * if the guard deduplicates events. As thread-safe as the subclass.
 *
 * <p>A handler waits for a busy resource while enough time for the work remains. Then the
 * invocation fails and Lambda retries it, so the function needs a failure destination or a
 * dead-letter queue. Each record of an event is handled, and the first failure is thrown after the
 * last record.
 */
public abstract class LockedS3Handler implements RequestStreamHandler {
  private static final JsonStreamHandler<List<S3EventNotificationRecord>, NoResult> STREAM_HANDLER =
      new JsonStreamHandler<>(S3EventReader::read, NoResult::toJson);

  private final Guard guard;
  private final IdSource<S3EventNotificationRecord> idSource;

  /**
   * Creates a handler.
   *
   * @param guard the guard that acquires the locks
   * @throws IllegalStateException if the guard stores results, or an event id pointer is set and
   *     the guard does not deduplicate
   */
  protected LockedS3Handler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    IdPointers idPointers = guard.idPointers();
    this.idSource =
        new IdSource<S3EventNotificationRecord>(idPointers, this::resourceId, this::requireEventId)
            .ignoring(this::isIgnored);
  }

  /**
   * Returns the resource that only one notification at a time may use. The default is the object:
   * bucket, {@code /} and decoded key. {@code HOLDFAST_RESOURCE_ID} replaces this method.
   *
   * @param record the notification about an object
   * @return the resource id, which all users of the table share
   */
  protected String resourceId(S3EventNotificationRecord record) {
    return S3Object.of(record).path();
  }

  /**
   * Returns the id of a notification. The default is the object with its version and sequencer, or
   * nothing if S3 sends no sequencer. {@code HOLDFAST_EVENT_ID} replaces this method.
   *
   * @param record the notification about an object
   * @return an id that is the same for each delivery of the notification
   */
  protected Optional<String> eventId(S3EventNotificationRecord record) {
    return S3Object.of(record).eventId();
  }

  private Optional<String> requireEventId(S3EventNotificationRecord record) {
    Optional<String> id = eventId(record);
    if (id.isEmpty() && guard.isDeduplicating()) {
      throw new InvalidEventException(
          "this event of S3 has no sequencer, so it cannot be handled once: override eventId");
    }
    return id;
  }

  /**
   * Returns the decoded key of an object. The event has the key in URL encoding.
   *
   * @param record the notification about an object
   * @return the decoded key
   */
  protected static String key(S3EventNotificationRecord record) {
    return S3Object.of(record).key();
  }

  /**
   * Returns whether a notification carries no work. The default accepts none. Such a notification
   * is acknowledged with a log line, without a lock and without a write.
   *
   * @param record the record
   * @return true if there is nothing to handle
   */
  protected boolean isIgnored(S3EventNotificationRecord record) {
    return false;
  }

  /**
   * Handles one notification under the lock of its object.
   *
   * @param record the notification about an object
   * @param lease the lease of the held lock
   * @param context the context of the invocation
   * @throws Exception if the notification fails; the exception is rethrown unchanged, and the event
   *     is not completed
   */
  protected abstract void handle(S3EventNotificationRecord record, Lease lease, Context context)
      throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    STREAM_HANDLER
        .ignoring(WorklessEvents.pings(context), event -> false)
        .handle(input, output, (records, json) -> processRecords(records, json, context));
  }

  private NoResult processRecords(
      List<S3EventNotificationRecord> records, byte[] json, Context context) throws Exception {
    try (WorkGuard workGuard = guard.startInvocation(context)) {
      return new AsyncRecordProcessor<>(workGuard, idSource, this::handle)
          .process(records, new RecordsJsonReader(json, S3EventReader.EVENT_DESCRIPTION));
    }
  }
}
