package dev.holdfast.lock;

import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Hold;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Succession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Who in this JVM has a lock, and who waits for it, in order of arrival. Guarded by {@link Lines}.
 */
final class Line {
  private final Deque<Place> places = new ArrayDeque<>();
  private @Nullable Hold holder;
  private @Nullable LockRow inTheWay;
  private Succession succession = Succession.NONE;

  /** One thread's place in the line. */
  static final class Place {
    private final String name;
    private volatile CompletableFuture<Void> signal = new CompletableFuture<>();
    private CompletableFuture<Void> signalSinceAsked = signal;
    private boolean waitedForAHolder;

    Place(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    /** Completed as soon as there is a reason to look again. */
    CompletableFuture<Void> signal() {
      return signal;
    }

    /** The table is asked now. */
    void asks() {
      signalSinceAsked = signal;
    }

    /**
     * Completed also where the reason came up while the reply was on its way, which may be older.
     */
    CompletableFuture<Void> signalSinceAsked() {
      return signalSinceAsked;
    }

    boolean waitedForAHolder() {
      return waitedForAHolder;
    }

    private void wake() {
      CompletableFuture<Void> awaited = signal;
      signal = new CompletableFuture<>();
      awaited.complete(null);
    }
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  void add(Place place) {
    places.add(place);
  }

  void remove(Place place) {
    boolean first = places.peek() == place;
    places.remove(place);
    if (first) {
      inTheWay = null;
      wakeFirst();
    }
  }

  private void wakeFirst() {
    Place first = places.peek();
    if (first != null) {
      first.wake();
    }
  }

  /** How long this place has to wait unless it is woken; 0 or less when it is its turn. */
  long waitNanos(Place place, ClockReading now) {
    if (places.peek() != place) {
      place.waitedForAHolder = true;
      return Long.MAX_VALUE;
    }
    long held = holder == null ? 0 : holder.remainingNanos(now);
    place.waitedForAHolder |= held > 0;
    return held;
  }

  /** Wakes the first, too: it may wait for the end of an earlier hold. */
  void held(Hold hold, int pauses, ClockReading now) {
    holder = hold;
    inTheWay = null;
    succession = succession.won(pauses, now);
    wakeFirst();
  }

  void extended(Hold hold) {
    if (isHolder(hold.row())) {
      holder = hold;
      wakeFirst();
    }
  }

  void ended(LockRow row, ClockReading now) {
    if (isHolder(row)) {
      holder = null;
      inTheWay = null;
      succession = succession.released(now);
      wakeFirst();
    }
  }

  private boolean isHolder(LockRow row) {
    return holder != null && holder.row().stamp().nonce().equals(row.stamp().nonce());
  }

  /** What stood in the table just now: a row that is free is in nobody's way. */
  void saw(LockRow row) {
    inTheWay = row.state() == RowState.HELD ? row : null;
  }

  /**
   * Who has the lock, as far as this JVM knows; null where the first has not been told yet. A hold
   * of this JVM that nobody ended says nothing once it is over.
   */
  @Nullable LockRow inTheWay(ClockReading now) {
    return holder != null && holder.remainingNanos(now) > 0 ? holder.row() : inTheWay;
  }

  Succession succession() {
    return succession;
  }

  void rested() {
    succession = succession.rested();
  }
}
