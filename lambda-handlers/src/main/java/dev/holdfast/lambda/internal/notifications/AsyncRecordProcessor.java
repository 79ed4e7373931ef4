package dev.holdfast.lambda.internal.notifications;

import dev.holdfast.lambda.internal.admission.Admission;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.NoResult;
import dev.holdfast.lambda.internal.json.RecordsJsonReader;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.records.RecordHandler;
import dev.holdfast.lambda.internal.util.SneakyThrow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Processor of the records of one asynchronous invocation. Lambda retries such an invocation as a
 * whole.
 *
 * <p>A failed record does not stop the records behind it. The first failure is thrown at the end,
 * with the other failures suppressed in it. Used once, by one thread.
 *
 * @param <E> the type of a record
 */
public final class AsyncRecordProcessor<E> {
  private final WorkGuard workGuard;
  private final IdSource<E> idSource;
  private final RecordHandler<E> handler;
  private @Nullable Throwable firstFailure;
  private boolean stopped;

  public AsyncRecordProcessor(WorkGuard workGuard, IdSource<E> idSource, RecordHandler<E> handler) {
    this.workGuard = workGuard;
    this.idSource = idSource;
    this.handler = handler;
  }

  /** Processes each record, unless the lock table cannot be used or the thread is interrupted. */
  public NoResult process(List<E> records, RecordsJsonReader json) {
    for (int i = 0; i < records.size() && !stopped; i++) {
      processRecord(records.get(i), json, i);
    }
    if (firstFailure != null) {
      throw SneakyThrow.rethrow(firstFailure);
    }
    return NoResult.NONE;
  }

  private void processRecord(E record, RecordsJsonReader json, int index) {
    try {
      if (workGuard.readIds(() -> idSource.isIgnored(record))) {
        workGuard.log().ignored("Records[" + index + "]");
        return;
      }
      WorkKey workKey =
          workGuard.readIds(() -> idSource.workKey(record, () -> json.recordAt(index)));
      workGuard
          .admitAndLog(workKey)
          .<NoResult, Exception>fold(
              entered -> entered.work().run(handler.asCall(record, workGuard.invocation())),
              duplicate -> NoResult.NONE,
              this::fail);
    } catch (InterruptedException e) {
      stopped = true;
      addFailure(e);
    } catch (Throwable e) {
      addFailure(e);
    }
  }

  private NoResult fail(Admission.Rejected rejected) {
    stopped =
        rejected.<Boolean, RuntimeException>fold(
            busy -> false,
            payloadMismatch -> false,
            noTime -> false,
            Admission.TableUnavailable::affectsAllLocks);
    addFailure(rejected.toException());
    return NoResult.NONE;
  }

  private void addFailure(Throwable failure) {
    if (firstFailure == null) {
      firstFailure = failure;
    } else if (firstFailure != failure) {
      firstFailure.addSuppressed(failure);
    }
  }
}
