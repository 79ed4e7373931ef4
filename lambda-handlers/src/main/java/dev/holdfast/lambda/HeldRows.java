package dev.holdfast.lambda;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockedCall;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.ResultTooLargeException;
import dev.holdfast.lock.StoredResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rows that are held for one piece of work: the resource's, the event's, or both. Run the work
 * or close it.
 */
final class HeldRows implements AutoCloseable {
  private final Gate gate;
  private final Optional<HeldRow> resource;
  private final Optional<Remembered> event;
  private boolean remembered;

  /**
   * The row of an event that will be remembered.
   *
   * @param row held until then
   * @param remembering what will be kept
   */
  record Remembered(HeldRow row, Remembering remembering) {}

  /** What is to be kept of work that returned. */
  sealed interface Keep {

    /** Nothing: it did not come to anything, and may be tried again. */
    record Nothing() implements Keep {}

    /** That it is done. */
    record Done() implements Keep {}

    /** That it is done, and its result where results are kept. */
    record Result(String json) implements Keep {}
  }

  HeldRows(Gate gate, Optional<HeldRow> resource, Optional<Remembered> event) {
    this.gate = gate;
    this.resource = resource;
    this.event = event;
  }

  private HeldLock lease() {
    return resource.or(() -> event.map(Remembered::row)).orElseThrow().lock();
  }

  /** Works, remembers the event, releases the resource; work that throws is not remembered. */
  <T, X extends Exception> T run(LockedCall<T, X> work) throws X {
    return run(work, result -> new Keep.Done());
  }

  /** As {@link #run(LockedCall)}, with a choice of what is kept. */
  <T, X extends Exception> T run(LockedCall<T, X> work, Function<? super T, Keep> keeping)
      throws X {
    try {
      T result = measured(work);
      keep(keeping.apply(result));
      gate.log().worked(lease().name());
      return result;
    } finally {
      close();
    }
  }

  private <T, X extends Exception> T measured(LockedCall<T, X> work) throws X {
    Duration begun = gate.invocation().remaining();
    gate.tally().count(LockMetric.ACQUIRED);
    gate.tally().set(LockMetric.TIME_LEFT_AT_START, begun);
    try {
      return LogContext.naming(lease(), lease -> held(work));
    } finally {
      gate.tally().add(LockMetric.WORK_TIME, begun.minus(gate.invocation().remaining()));
      if (!lease().isHeld()) {
        gate.tally().count(LockMetric.LOST);
      }
    }
  }

  /** Under both rows, where there are two; the work is given the resource's. */
  private <T, X extends Exception> T held(LockedCall<T, X> work) throws X {
    if (resource.isPresent() && event.isPresent()) {
      return event.get().row().run(lease -> resource.get().run(work));
    }
    return resource.or(() -> event.map(Remembered::row)).orElseThrow().run(work);
  }

  private void keep(Keep keep) {
    if (!(keep instanceof Keep.Nothing)) {
      event.ifPresent(done -> remember(done, keep));
    }
  }

  /** The work is done whatever comes of this: at worst the event is handled once more. */
  private void remember(Remembered done, Keep keep) {
    remembered = true;
    try {
      Optional<StoredResult> result = result(done, keep);
      if (result.isPresent()) {
        done.row().lock().complete(done.remembering().window(), result.get());
      } else {
        done.row().lock().complete(done.remembering().window());
      }
    } catch (ResultTooLargeException e) {
      gate.log().resultNotKept(done.row().lock().name(), e);
    } catch (LockException e) {
      gate.tally().count(LockMetric.COMPLETION_FAILED);
      gate.log().notRemembered(done.row().lock().name(), e);
    }
  }

  private static Optional<StoredResult> result(Remembered done, Keep keep) {
    return keep instanceof Keep.Result result
        ? done.remembering()
            .resultBytesMax()
            .map(bytes -> StoredResult.of(result.json()).upTo(bytes))
        : Optional.empty();
  }

  /** Gives back what is still held. Never throws. */
  @Override
  public void close() {
    resource.ifPresent(held -> release(held.lock()));
    event.ifPresent(held -> closeEvent(held.row().lock()));
  }

  private void closeEvent(HeldLock row) {
    if (remembered) {
      gate.giveBack(row);
    } else {
      release(row);
    }
  }

  private void release(HeldLock row) {
    try {
      count(row.release());
    } catch (RuntimeException e) {
      gate.tally().count(LockMetric.RELEASE_FAILED);
      gate.log().notReleased(row.name(), e);
    } finally {
      gate.table().held().remove(row.name());
    }
  }

  private void count(ReleaseOutcome outcome) {
    if (outcome == ReleaseOutcome.LATE) {
      gate.tally().count(LockMetric.LATE_RELEASE);
    } else if (outcome == ReleaseOutcome.UNKNOWN) {
      gate.tally().count(LockMetric.RELEASE_FAILED);
    }
  }
}
