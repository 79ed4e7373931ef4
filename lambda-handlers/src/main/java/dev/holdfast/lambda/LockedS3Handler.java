package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.json.JsonStreamHandler;
import dev.holdfast.lambda.internal.json.NoResult;
import dev.holdfast.lambda.internal.json.RecordsJsonReader;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.notifications.AsyncRecordProcessor;
import dev.holdfast.lambda.internal.notifications.S3Object;
import dev.holdfast.lambda.internal.records.RecordValidator;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Handles what happened to objects of an S3 bucket, one at a time for each object, and once where
 * the guard remembers events. As thread-safe as the subclass.
 *
 * <p>A busy object is waited for while the work still fits; then the invocation fails and Lambda
 * tries again, so the function needs a failure destination or a dead-letter queue. Records of one
 * event are handled each by itself; the first failure comes out when all were tried.
 */
public abstract class LockedS3Handler implements RequestStreamHandler {
  private static final String EVENT_DESCRIPTION = "an event of S3";
  private static final JsonCodec<S3Event> EVENT_CODEC = JsonCodec.of(S3Event.class);
  private static final JsonStreamHandler<List<S3EventNotificationRecord>, NoResult> STREAM_HANDLER =
      new JsonStreamHandler<>(LockedS3Handler::readRecords, NoResult::toJson);

  private final Guard guard;
  private final IdSource<S3EventNotificationRecord> idSource;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if an id is given twice, by a method and by the environment
   */
  protected LockedS3Handler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    IdPointers idPointers = guard.idPointers();
    this.idSource = new IdSource<>(idPointers, this::resourceId, this::requireEventId);
  }

  /**
   * Says what must not be worked on at the same time as this object. Unless overridden or found by
   * {@code HOLDFAST_RESOURCE_ID}, it is the object: bucket, {@code /} and key, decoded.
   *
   * @param record what happened to an object
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(S3EventNotificationRecord record) {
    return S3Object.of(record).path();
  }

  /**
   * Says by what an event is known again. Unless overridden or found by {@code HOLDFAST_EVENT_ID},
   * it is the object with its version and sequencer; nothing where S3 gives no sequencer.
   *
   * @param record what happened to an object
   * @return an id that each delivery of the event has
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
   * The key of an object as it was stored: in the event, it is encoded as in a URL.
   *
   * @param record what happened to an object
   * @return the key, decoded
   */
  protected static String key(S3EventNotificationRecord record) {
    return S3Object.of(record).key();
  }

  /**
   * Handles one object while its lock is held.
   *
   * @param record what happened to an object
   * @param lease the lock under which this runs
   * @param context of the invocation
   * @throws Exception if it failed; it comes out unchanged, and the event is not remembered
   */
  protected abstract void handle(S3EventNotificationRecord record, Lease lease, Context context)
      throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    STREAM_HANDLER.handle(input, output, (records, json) -> processRecords(records, json, context));
  }

  private NoResult processRecords(
      List<S3EventNotificationRecord> records, byte[] json, Context context) throws Exception {
    try (WorkGuard workGuard = guard.startInvocation(context)) {
      return new AsyncRecordProcessor<>(workGuard, idSource, this::handle)
          .process(records, new RecordsJsonReader(json, EVENT_DESCRIPTION));
    }
  }

  private static List<S3EventNotificationRecord> readRecords(byte[] json) {
    return RecordValidator.requireRecords(EVENT_CODEC.read(json).getRecords(), EVENT_DESCRIPTION);
  }
}
