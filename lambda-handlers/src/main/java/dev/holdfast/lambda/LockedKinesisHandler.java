package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
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
  private static final String WHAT = "a batch of Kinesis";
  private static final JsonType<KinesisTimeWindowEvent> TYPE =
      JsonType.of(KinesisTimeWindowEvent.class);
  private static final JsonStreams<List<KinesisEventRecord>, StreamsEventResponse> STREAMS =
      new JsonStreams<>(
          LockedKinesisHandler::records, JsonType.of(StreamsEventResponse.class)::write);

  private final Guard guard;
  private final StreamBatch.Shard<KinesisEventRecord> shard;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if the class does not say what must not be worked on at the same
   *     time, or an id is given twice
   */
  protected LockedKinesisHandler(Guard guard) {
    this.guard =
        Objects.requireNonNull(guard, "guard")
            .ensureKeepingNoResults(getClass())
            .ensureSequential(getClass());
    Pointers pointers = guard.pointersFor(getClass(), LockedKinesisHandler.class);
    pointers.ensureResource(getClass(), LockedKinesisHandler.class);
    this.shard =
        new StreamBatch.Shard<>(
            new HandlerIds<>(pointers, this::resourceId, this::presentEventId),
            LockedKinesisHandler::sequenceNumber);
  }

  /**
   * Says what must not be worked on at the same time as this record. Override it, or set {@code
   * HOLDFAST_RESOURCE_ID}, for example to {@code /kinesis/data/orderId}.
   *
   * @param event the record
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(KinesisEventRecord event) {
    throw Pointers.noDefault();
  }

  /**
   * Says by what a record is known again; by stream, shard and sequence number unless overridden or
   * found by {@code HOLDFAST_EVENT_ID}.
   *
   * @param event the record
   * @return an id that each delivery of the record has
   */
  protected String eventId(KinesisEventRecord event) {
    return Parts.joined(String.valueOf(event.getEventSourceARN()), position(event));
  }

  private Optional<String> presentEventId(KinesisEventRecord event) {
    return Optional.of(Subject.present("event id", eventId(event)));
  }

  /**
   * Handles one record while its lock is held.
   *
   * @param event the record
   * @param lease the lock under which this runs
   * @param context of the invocation
   * @throws Exception if it failed; the batch ends here, and the next begins with this record
   */
  protected abstract void handle(KinesisEventRecord event, Lease lease, Context context)
      throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    STREAMS.exchange(
        input,
        output,
        (records, json) ->
            guard.at(
                context,
                gate ->
                    new StreamBatch<>(gate, shard, this::handle)
                        .run(records, new RecordsJson(json, WHAT, KinesisData::decoded))));
  }

  private static List<KinesisEventRecord> records(byte[] json) {
    KinesisTimeWindowEvent batch = TYPE.read(json);
    StreamBatch.ensureNoWindow(batch.getWindow());
    return StreamBatch.of(batch.getRecords(), WHAT, LockedKinesisHandler::sequenceNumber);
  }

  /** Shard and sequence number, as Lambda joins them; made by hand, an event may lack the shard. */
  private static String position(KinesisEventRecord event) {
    String id = event.getEventID();
    return id == null || id.isEmpty() ? sequenceNumber(event) : id;
  }

  private static @Nullable String sequence(KinesisEventRecord event) {
    return event.getKinesis() == null ? null : event.getKinesis().getSequenceNumber();
  }

  private static String sequenceNumber(KinesisEventRecord event) {
    return Optional.ofNullable(sequence(event)).orElse("");
  }
}
