package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.streams.KinesisFormat;
import dev.holdfast.lambda.internal.streams.StreamBatchProcessor;
import dev.holdfast.lambda.internal.streams.StreamFormat;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Handles records of a Kinesis data stream, in their order, each under a lock on its resource, and
 * once where the guard remembers events. As thread-safe as the subclass.
 *
 * <p>The event source mapping must have {@code ReportBatchItemFailures} on. A busy resource is
 * waited for while the work still fits; a record that cannot be handled ends the batch, is
 * reported, and the next batch begins with it.
 */
public abstract class LockedKinesisHandler implements RequestStreamHandler {
  private static final StreamFormat<KinesisEventRecord> FORMAT = new KinesisFormat();

  private final Guard guard;
  private final StreamBatchProcessor<KinesisEventRecord> processor;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if the class does not say what must not be worked on at the same
   *     time, or an id is given twice
   */
  protected LockedKinesisHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    this.processor =
        new StreamBatchProcessor<>(
            FORMAT,
            new IdSource<>(this.guard.idPointers(), this::resourceId, this::requireEventId),
            this::handle);
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
    return FORMAT.eventId(record);
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
    processor.handleRequest(input, output, () -> guard.startInvocation(context));
  }
}
