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
 * Handler of records of a Kinesis data stream, in their order, each under a lock on its resource,
 * and once if the guard deduplicates events. As thread-safe as the subclass.
 *
 * <p>The event source mapping must have {@code ReportBatchItemFailures} on. A handler waits for a
 * busy resource while enough time for the work remains. A record that cannot be handled ends the
 * batch and is reported, and the next batch starts with it.
 */
public abstract class LockedKinesisHandler implements RequestStreamHandler {
  private static final StreamFormat<KinesisEventRecord> FORMAT = new KinesisFormat();

  private final Guard guard;
  private final StreamBatchProcessor<KinesisEventRecord> processor;

  /**
   * Creates a handler.
   *
   * @param guard the guard that acquires the locks
   * @throws IllegalStateException if the guard stores results, or an event id pointer is set and
   *     the guard does not deduplicate
   */
  protected LockedKinesisHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    this.processor =
        new StreamBatchProcessor<>(
            FORMAT,
            new IdSource<KinesisEventRecord>(
                    this.guard.idPointers(), this::resourceId, this::requireEventId)
                .ignoring(this::isIgnoredOrRefused),
            this::handle);
  }

  /**
   * Returns the resource that only one record at a time may use. Override this method, or set
   * {@code HOLDFAST_RESOURCE_ID}, for example to {@code /kinesis/data/orderId}.
   *
   * @param record the record
   * @return the resource id, which all users of the table share
   */
  protected String resourceId(KinesisEventRecord record) {
    throw IdPointers.missingResourceId();
  }

  /**
   * Returns the id of a record. The default is stream, shard and sequence number. {@code
   * HOLDFAST_EVENT_ID} replaces it.
   *
   * @param record the record
   * @return an id that is the same for each delivery of the record
   */
  protected String eventId(KinesisEventRecord record) {
    return FORMAT.eventId(record);
  }

  private Optional<String> requireEventId(KinesisEventRecord record) {
    return Optional.of(WorkKey.requireNonEmpty("event id", eventId(record)));
  }

  /**
   * Returns whether a record carries no work. The default accepts none. Such a record is
   * acknowledged with a log line, without a lock and without a write.
   *
   * @param record the record
   * @return true if there is nothing to handle
   */
  protected boolean isIgnored(KinesisEventRecord record) {
    return false;
  }

  /**
   * Returns whether {@link #handle} takes a record that the Kinesis Producer Library has aggregated
   * from several records of its users. By default such a record fails, because it would be one
   * piece of work under one lock.
   *
   * @return true if {@link #handle} splits aggregated records itself
   */
  protected boolean acceptsAggregatedRecords() {
    return false;
  }

  private boolean isIgnoredOrRefused(KinesisEventRecord record) {
    boolean ignored = isIgnored(record);
    if (!ignored && !acceptsAggregatedRecords()) {
      KinesisFormat.requireNotAggregated(record);
    }
    return ignored;
  }

  /**
   * Handles one record under its lock.
   *
   * @param record the record
   * @param lease the lease of the held lock
   * @param context the context of the invocation
   * @throws Exception if the record fails; the batch ends, and the next batch starts with this
   *     record
   */
  protected abstract void handle(KinesisEventRecord record, Lease lease, Context context)
      throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    processor.handleRequest(input, output, context, () -> guard.startInvocation(context));
  }
}
