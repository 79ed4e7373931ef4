package dev.holdfast.lambda;

import dev.holdfast.lock.LockClockException;
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
final class AsyncRecords<E> {
  private final Gate gate;
  private final HandlerIds<E> ids;
  private final RecordWork<E> work;
  private @Nullable Throwable first;
  private boolean stopped;

  AsyncRecords(Gate gate, HandlerIds<E> ids, RecordWork<E> work) {
    this.gate = gate;
    this.ids = ids;
    this.work = work;
  }

  /** The records of an event, none of which is missing. */
  static <E> List<E> of(@Nullable List<E> records, String what) {
    if (records == null || records.isEmpty()) {
      throw new InvalidEventException(
          "event must be "
              + what
              + ", got one without Records: is this function invoked by that service?");
    }
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i) == null) {
        throw new InvalidEventException(
            "event must be " + what + ", got null in Records[" + i + "]");
      }
    }
    return records;
  }

  NoResult handle(List<E> records, RecordsJson json) throws Exception {
    for (int i = 0; i < records.size() && !stopped; i++) {
      tried(records.get(i), json, i);
    }
    if (first != null) {
      throw Unchecked.rethrown(first);
    }
    return NoResult.NONE;
  }

  private void tried(E event, RecordsJson json, int index) {
    try {
      handleOnce(event, ids.of(event, () -> json.at(index)));
    } catch (InterruptedException | LockTableException | LockClockException e) {
      stopped = true;
      failed(e);
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void handleOnce(E event, Subject subject) throws Exception {
    Optional<HeldRows> rows = new Entrance(gate).enterOnce(subject);
    if (rows.isPresent()) {
      rows.get().run(work.on(event, gate.invocation()));
    }
  }

  private void failed(Throwable e) {
    if (first == null) {
      first = e;
    } else if (first != e) {
      first.addSuppressed(e);
    }
  }
}
