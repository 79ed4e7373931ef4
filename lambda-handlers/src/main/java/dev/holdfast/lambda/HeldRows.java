package dev.holdfast.lambda;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockedCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rows that are held for one piece of work: the resource's, the event's, or both. Run the work
 * or close it.
 */
final class HeldRows implements AutoCloseable {
  private final DecisionLog log;
  private final Optional<HeldLock> resource;
  private final Optional<Remembered> event;

  /**
   * The row of an event that will be remembered.
   *
   * @param row held until then
   * @param window how long
   */
  record Remembered(HeldLock row, Duration window) {}

  HeldRows(DecisionLog log, Optional<HeldLock> resource, Optional<Remembered> event) {
    this.log = log;
    this.resource = resource;
    this.event = event;
  }

  private HeldLock lease() {
    return resource.or(() -> event.map(Remembered::row)).orElseThrow();
  }

  /** Works, remembers the event, releases the resource; work that throws is not remembered. */
  <T, X extends Exception> T run(LockedCall<T, X> work) throws X {
    try {
      T result = work.call(lease());
      event.ifPresent(this::remember);
      log.worked(lease().name());
      return result;
    } finally {
      close();
    }
  }

  /** The work is done whatever comes of this: at worst the event is handled once more. */
  private void remember(Remembered done) {
    try {
      done.row().complete(done.window());
    } catch (LockException e) {
      log.notRemembered(done.row().name(), e);
    }
  }

  /** Gives back what is still held. Never throws. */
  @Override
  public void close() {
    List<Optional<HeldLock>> all = List.of(resource, event.map(Remembered::row));
    all.forEach(row -> row.ifPresent(HeldLock::close));
  }
}
