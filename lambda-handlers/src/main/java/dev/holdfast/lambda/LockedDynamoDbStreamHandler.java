package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.DynamodbTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.json.JsonStreamHandler;
import dev.holdfast.lambda.internal.json.RecordsJsonReader;
import dev.holdfast.lambda.internal.keys.CompositeId;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.streams.StreamBatchProcessor;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Handles changes of a DynamoDB stream, in their order, each under a lock on its resource, and once
 * where the guard remembers events. As thread-safe as the subclass.
 *
 * <p>The event source mapping must have {@code ReportBatchItemFailures} on. A busy resource is
 * waited for while the work still fits; a record that cannot be handled ends the batch, is
 * reported, and the next batch begins with it.
 */
public abstract class LockedDynamoDbStreamHandler implements RequestStreamHandler {
  private static final String EVENT_DESCRIPTION = "a batch of a DynamoDB stream";
  private static final JsonCodec<DynamodbTimeWindowEvent> EVENT_CODEC =
      JsonCodec.of(DynamodbTimeWindowEvent.class);
  private static final JsonStreamHandler<List<DynamodbStreamRecord>, StreamsEventResponse>
      STREAM_HANDLER =
          new JsonStreamHandler<>(
              LockedDynamoDbStreamHandler::readRecords,
              JsonCodec.of(StreamsEventResponse.class)::write);

  private final Guard guard;
  private final StreamBatchProcessor.RecordIdentity<DynamodbStreamRecord> recordIdentity;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if the class does not say what must not be worked on at the same
   *     time, or an id is given twice
   */
  protected LockedDynamoDbStreamHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    IdPointers idPointers = guard.idPointers();
    this.recordIdentity =
        new StreamBatchProcessor.RecordIdentity<>(
            new IdSource<>(idPointers, this::resourceId, this::requireEventId),
            LockedDynamoDbStreamHandler::sequenceNumber);
  }

  /**
   * Says what must not be worked on at the same time as this record. Override it, or set {@code
   * HOLDFAST_RESOURCE_ID}, for example to {@code /dynamodb/Keys/id/S}.
   *
   * @param record the record
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(DynamodbStreamRecord record) {
    throw IdPointers.missingResourceId();
  }

  /**
   * Says by what a record is known again; by stream and sequence number unless overridden or found
   * by {@code HOLDFAST_EVENT_ID}.
   *
   * @param record the record
   * @return an id that each delivery of the record has
   */
  protected String eventId(DynamodbStreamRecord record) {
    return CompositeId.join(String.valueOf(record.getEventSourceARN()), sequenceNumber(record));
  }

  private Optional<String> requireEventId(DynamodbStreamRecord record) {
    return Optional.of(WorkKey.requireNonEmpty("event id", eventId(record)));
  }

  /**
   * Handles one record while its lock is held.
   *
   * @param record the record
   * @param lease the lock under which this runs
   * @param context of the invocation
   * @throws Exception if it failed; the batch ends here, and the next begins with this record
   */
  protected abstract void handle(DynamodbStreamRecord record, Lease lease, Context context)
      throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    STREAM_HANDLER.handle(
        input,
        output,
        (records, json) -> {
          try (WorkGuard workGuard = guard.startInvocation(context)) {
            return new StreamBatchProcessor<>(workGuard, recordIdentity, this::handle)
                .process(records, new RecordsJsonReader(json, EVENT_DESCRIPTION));
          }
        });
  }

  private static List<DynamodbStreamRecord> readRecords(byte[] json) {
    DynamodbTimeWindowEvent batch = EVENT_CODEC.read(json);
    StreamBatchProcessor.ensureNoTumblingWindow(batch.getWindow());
    return StreamBatchProcessor.requireReportable(
        batch.getRecords(), EVENT_DESCRIPTION, LockedDynamoDbStreamHandler::sequenceNumber);
  }

  private static @Nullable String sequenceNumberOrNull(DynamodbStreamRecord record) {
    return record.getDynamodb() == null ? null : record.getDynamodb().getSequenceNumber();
  }

  private static String sequenceNumber(DynamodbStreamRecord record) {
    return Optional.ofNullable(sequenceNumberOrNull(record)).orElse("");
  }
}
