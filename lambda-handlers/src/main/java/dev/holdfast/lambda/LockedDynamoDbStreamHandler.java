package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.DynamodbTimeWindowEvent;
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
 * Handles changes of a DynamoDB stream, in their order, each under a lock on its resource, and once
 * where the guard remembers events. As thread-safe as the subclass.
 *
 * <p>The event source mapping must have {@code ReportBatchItemFailures} on. A busy resource is
 * waited for while the work still fits; a record that cannot be handled ends the batch, is
 * reported, and the next batch begins with it.
 */
public abstract class LockedDynamoDbStreamHandler implements RequestStreamHandler {
  private static final String WHAT = "a batch of a DynamoDB stream";
  private static final JsonType<DynamodbTimeWindowEvent> TYPE =
      JsonType.of(DynamodbTimeWindowEvent.class);
  private static final JsonStreams<List<DynamodbStreamRecord>, StreamsEventResponse> STREAMS =
      new JsonStreams<>(
          LockedDynamoDbStreamHandler::records, JsonType.of(StreamsEventResponse.class)::write);

  private final Guard guard;
  private final StreamBatch.Shard<DynamodbStreamRecord> shard;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if the class does not say what must not be worked on at the same
   *     time, or an id is given twice
   */
  protected LockedDynamoDbStreamHandler(Guard guard) {
    this.guard =
        Objects.requireNonNull(guard, "guard")
            .ensureKeepingNoResults(getClass())
            .ensureSequential(getClass());
    Pointers pointers = guard.pointersFor(getClass(), LockedDynamoDbStreamHandler.class);
    pointers.ensureResource(getClass(), LockedDynamoDbStreamHandler.class);
    this.shard =
        new StreamBatch.Shard<>(
            new HandlerIds<>(pointers, this::resourceId, this::presentEventId),
            LockedDynamoDbStreamHandler::sequenceNumber);
  }

  /**
   * Says what must not be worked on at the same time as this record. Override it, or set {@code
   * HOLDFAST_RESOURCE_ID}, for example to {@code /dynamodb/Keys/id/S}.
   *
   * @param event the record
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(DynamodbStreamRecord event) {
    throw Pointers.noDefault();
  }

  /**
   * Says by what a record is known again; by stream and sequence number unless overridden or found
   * by {@code HOLDFAST_EVENT_ID}.
   *
   * @param event the record
   * @return an id that each delivery of the record has
   */
  protected String eventId(DynamodbStreamRecord event) {
    return Parts.joined(String.valueOf(event.getEventSourceARN()), sequenceNumber(event));
  }

  private Optional<String> presentEventId(DynamodbStreamRecord event) {
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
  protected abstract void handle(DynamodbStreamRecord event, Lease lease, Context context)
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
                        .run(records, new RecordsJson(json, WHAT))));
  }

  private static List<DynamodbStreamRecord> records(byte[] json) {
    DynamodbTimeWindowEvent batch = TYPE.read(json);
    StreamBatch.ensureNoWindow(batch.getWindow());
    return StreamBatch.of(batch.getRecords(), WHAT, LockedDynamoDbStreamHandler::sequenceNumber);
  }

  private static @Nullable String sequence(DynamodbStreamRecord event) {
    return event.getDynamodb() == null ? null : event.getDynamodb().getSequenceNumber();
  }

  private static String sequenceNumber(DynamodbStreamRecord event) {
    return Optional.ofNullable(sequence(event)).orElse("");
  }
}
