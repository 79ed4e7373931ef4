package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.json.JsonStreamHandler;
import dev.holdfast.lambda.internal.json.RecordsJsonReader;
import dev.holdfast.lambda.internal.keys.CompositeId;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.streams.KinesisDataDecoder;
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
 * Handles records of a Kinesis data stream, in their order, each under a lock on its resource, and
 * once where the guard remembers events. As thread-safe as the subclass.
 *
 * <p>The event source mapping must have {@code ReportBatchItemFailures} on. A busy resource is
 * waited for while the work still fits; a record that cannot be handled ends the batch, is
 * reported, and the next batch begins with it.
 */
public abstract class LockedKinesisHandler implements RequestStreamHandler {
  private static final String EVENT_DESCRIPTION = "a batch of Kinesis";
  private static final JsonCodec<KinesisTimeWindowEvent> EVENT_CODEC =
      JsonCodec.of(KinesisTimeWindowEvent.class);
  private static final JsonStreamHandler<List<KinesisEventRecord>, StreamsEventResponse>
      STREAM_HANDLER =
          new JsonStreamHandler<>(
              LockedKinesisHandler::readRecords, JsonCodec.of(StreamsEventResponse.class)::write);

  private final Guard guard;
  private final StreamBatchProcessor.RecordIdentity<KinesisEventRecord> recordIdentity;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if the class does not say what must not be worked on at the same
   *     time, or an id is given twice
   */
  protected LockedKinesisHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    IdPointers idPointers = guard.idPointers();
    this.recordIdentity =
        new StreamBatchProcessor.RecordIdentity<>(
            new IdSource<>(idPointers, this::resourceId, this::requireEventId),
            LockedKinesisHandler::sequenceNumber);
  }

  /**
   * Says what must not be worked on at the same time as this record. Override it, or set {@code
   * HOLDFAST_RESOURCE_ID}, for example to {@code /kinesis/data/orderId}.
   *
   * @param record the record
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(KinesisEventRecord record) {
    throw IdPointers.missingResourceId();
  }

  /**
   * Says by what a record is known again; by stream, shard and sequence number unless overridden or
   * found by {@code HOLDFAST_EVENT_ID}.
   *
   * @param record the record
   * @return an id that each delivery of the record has
   */
  protected String eventId(KinesisEventRecord record) {
    return CompositeId.join(String.valueOf(record.getEventSourceARN()), shardPosition(record));
  }

  private Optional<String> requireEventId(KinesisEventRecord record) {
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
  protected abstract void handle(KinesisEventRecord record, Lease lease, Context context)
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
                .process(
                            records,
                            new RecordsJsonReader(
                                json, EVENT_DESCRIPTION, KinesisDataDecoder::decode));
          }
        });
  }

  private static List<KinesisEventRecord> readRecords(byte[] json) {
    KinesisTimeWindowEvent batch = EVENT_CODEC.read(json);
    StreamBatchProcessor.ensureNoTumblingWindow(batch.getWindow());
    return StreamBatchProcessor.requireReportable(
        batch.getRecords(), EVENT_DESCRIPTION, LockedKinesisHandler::sequenceNumber);
  }

  /** Shard and sequence number, as Lambda joins them; made by hand, an event may lack the shard. */
  private static String shardPosition(KinesisEventRecord record) {
    String id = record.getEventID();
    return id == null || id.isEmpty() ? sequenceNumber(record) : id;
  }

  private static @Nullable String sequenceNumberOrNull(KinesisEventRecord record) {
    return record.getKinesis() == null ? null : record.getKinesis().getSequenceNumber();
  }

  private static String sequenceNumber(KinesisEventRecord record) {
    return Optional.ofNullable(sequenceNumberOrNull(record)).orElse("");
  }
}
