package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.streams.DynamoDbStreamFormat;
import dev.holdfast.lambda.internal.streams.StreamBatchProcessor;
import dev.holdfast.lambda.internal.streams.StreamFormat;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Handler of records of a DynamoDB stream, in their order, each under a lock on its resource, and
 * once if the guard deduplicates events. As thread-safe as the subclass.
 *
 * <p>The event source mapping must have {@code ReportBatchItemFailures} on. A handler waits for a
 * busy resource while enough time for the work remains. A record that cannot be handled ends the
 * batch and is reported, and the next batch starts with it.
 */
public abstract class LockedDynamoDbStreamHandler implements RequestStreamHandler {
  private static final StreamFormat<DynamodbStreamRecord> FORMAT = new DynamoDbStreamFormat();

  private final Guard guard;
  private final StreamBatchProcessor<DynamodbStreamRecord> processor;

  /**
   * Creates a handler.
   *
   * @param guard the guard that acquires the locks
   * @throws IllegalStateException if the guard stores results, or an event id pointer is set and
   *     the guard does not deduplicate
   */
  protected LockedDynamoDbStreamHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    this.processor =
        new StreamBatchProcessor<>(
            FORMAT,
            new IdSource<DynamodbStreamRecord>(
                    this.guard.idPointers(), this::resourceId, this::requireEventId)
                .ignoring(this::isIgnored),
            this::handle);
  }

  /**
   * Returns the resource that only one record at a time may use. Override this method, or set
   * {@code HOLDFAST_RESOURCE_ID}, for example to {@code /dynamodb/Keys/id/S}.
   *
   * @param record the record
   * @return the resource id, which all users of the table share
   */
  protected String resourceId(DynamodbStreamRecord record) {
    throw IdPointers.missingResourceId();
  }

  /**
   * Returns the id of a record. The default is stream and sequence number. {@code
   * HOLDFAST_EVENT_ID} replaces it.
   *
   * @param record the record
   * @return an id that is the same for each delivery of the record
   */
  protected String eventId(DynamodbStreamRecord record) {
    return FORMAT.eventId(record);
  }

  private Optional<String> requireEventId(DynamodbStreamRecord record) {
    return Optional.of(WorkKey.requireNonEmpty("event id", eventId(record)));
  }

  /**
   * Returns whether a record carries no work. The default accepts none. Such a record is
   * acknowledged with a log line, without a lock and without a write.
   *
   * @param record the record
   * @return true if there is nothing to handle
   */
  protected boolean isIgnored(DynamodbStreamRecord record) {
    return false;
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
  protected abstract void handle(DynamodbStreamRecord record, Lease lease, Context context)
      throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    processor.handleRequest(input, output, context, () -> guard.startInvocation(context));
  }
}
