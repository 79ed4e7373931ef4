package dev.holdfast.lambda.internal.streams;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.holdfast.lambda.error.InsufficientTimeException;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.admission.AdmissionPolicy;
import dev.holdfast.lambda.internal.admission.HeldWork;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.RecordsJsonReader;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.records.BatchItemId;
import dev.holdfast.lambda.internal.records.RecordHandler;
import dev.holdfast.lambda.internal.records.RecordValidator;
import dev.holdfast.lambda.internal.time.WorkTimeEstimate;
import dev.holdfast.lock.LockException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run through the records of a shard, in their order; used once, by one thread.
 *
 * <p>It stops at the first record that cannot be handled, and reports that one: the next batch
 * begins there. So nothing behind it is worked on before it.
 *
 * @param <E> a record
 */
public final class StreamBatchProcessor<E> {
  private final WorkGuard workGuard;
  private final IdSource<E> idSource;
  private final RecordHandler<E> handler;
  private final Function<E, String> sequenceNumber;
  private final WorkTimeEstimate workTimeEstimate = new WorkTimeEstimate();

  /** Where a record of a shard is. */
  public record RecordIdentity<E>(IdSource<E> idSource, Function<E, String> sequenceNumber) {}

  public StreamBatchProcessor(
      WorkGuard workGuard, RecordIdentity<E> recordIdentity, RecordHandler<E> handler) {
    this.workGuard = workGuard;
    this.idSource = recordIdentity.idSource();
    this.sequenceNumber = recordIdentity.sequenceNumber();
    this.handler = handler;
  }

  /**
   * The records of a batch, each of which can be reported.
   *
   * @throws InvalidEventException if one could not be; nothing ran
   */
  public static <E> List<E> requireReportable(
      @Nullable List<E> records, String description, Function<E, @Nullable String> sequenceNumber) {
    List<E> present = RecordValidator.requireRecords(records, description);
    for (int i = 0; i < present.size(); i++) {
      String number = sequenceNumber.apply(present.get(i));
      if (BatchItemId.reportable(number).isEmpty()) {
        throw new InvalidEventException(
            "each record of "
                + description
                + " must have a sequence number of valid Unicode, got none in Records["
                + i
                + "]");
      }
    }
    return present;
  }

  /** State that goes from batch to batch would be lost where a part of one is reported. */
  public static void ensureNoTumblingWindow(@Nullable Object window) {
    if (window != null) {
      throw new InvalidEventException(
          "tumbling windows are not supported: set the event source mapping's window to 0");
    }
  }

  public StreamsEventResponse process(List<E> records, RecordsJsonReader json) {
    for (int i = 0; i < records.size(); i++) {
      if (!processRecord(records.get(i), json, i)) {
        return response(List.of(new BatchItemFailure(sequenceNumber.apply(records.get(i)))));
      }
    }
    return response(List.of());
  }

  private static StreamsEventResponse response(List<BatchItemFailure> failures) {
    return StreamsEventResponse.builder().withBatchItemFailures(failures).build();
  }

  private boolean processRecord(E record, RecordsJsonReader json, int index) {
    Optional<HeldWork> heldWork;
    try {
      WorkKey workKey = idSource.workKey(record, () -> json.recordAt(index));
      heldWork = new AdmissionPolicy(workGuard.withMinRemainingTimeAtLeast(workTimeEstimate.duration())).admitOnce(workKey);
    } catch (LockException | InsufficientTimeException e) {
      return false; // the entrance has logged it
    } catch (Throwable e) {
      logFailure(record, e);
      return false;
    }
    return heldWork.isEmpty() || runHandler(heldWork.get(), record);
  }

  /** What the work throws is a failure, also where it is of the types that the lock throws. */
  private boolean runHandler(HeldWork heldWork, E record) {
    Duration remainingAtStart = workGuard.invocation().remainingTime();
    try {
      heldWork.run(handler.asCall(record, workGuard.invocation()));
      return true;
    } catch (Throwable e) {
      logFailure(record, e);
      return false;
    } finally {
      workTimeEstimate.recordDuration(
          remainingAtStart.minus(workGuard.invocation().remainingTime()));
    }
  }

  private void logFailure(E record, Throwable cause) {
    workGuard.log().failed(sequenceNumber.apply(record), cause);
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }
}
