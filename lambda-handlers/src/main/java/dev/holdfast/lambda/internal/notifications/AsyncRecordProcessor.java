package dev.holdfast.lambda.internal.notifications;

import dev.holdfast.lambda.internal.admission.AdmissionPolicy;
import dev.holdfast.lambda.internal.admission.HeldWork;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.NoResult;
import dev.holdfast.lambda.internal.json.RecordsJsonReader;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.records.RecordHandler;
import dev.holdfast.lambda.internal.util.SneakyThrow;
import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.LockTableException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of one asynchronous invocation, which Lambda tries again as a whole: each is handled
 * by itself, also behind one that failed, and the first failure comes out with the others attached.
 * Used once, by one thread.
 *
 * @param <E> a record
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

  public NoResult process(List<E> records, RecordsJsonReader json) throws Exception {
    for (int i = 0; i < records.size() && !stopped; i++) {
      processRecord(records.get(i), json, i);
    }
    if (firstFailure != null) {
      throw SneakyThrow.rethrow(firstFailure);
    }
    return NoResult.NONE;
  }

  private void processRecord(E event, RecordsJsonReader json, int index) {
    try {
      handleIfNew(event, idSource.workKey(event, () -> json.recordAt(index)));
    } catch (InterruptedException | LockTableException | ClockSkewException e) {
      stopped = true;
      addFailure(e);
    } catch (Throwable e) {
      addFailure(e);
    }
  }

  private void handleIfNew(E event, WorkKey workKey) throws Exception {
    Optional<HeldWork> heldWork = new AdmissionPolicy(workGuard).admitOnce(workKey);
    if (heldWork.isPresent()) {
      heldWork.get().run(handler.asCall(event, workGuard.invocation()));
    }
  }

  private void addFailure(Throwable failure) {
    if (firstFailure == null) {
      firstFailure = failure;
    } else if (firstFailure != failure) {
      firstFailure.addSuppressed(failure);
    }
  }
}
