package dev.holdfast.testkit.line;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.line.Wish.Kind;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What {@code docs/semantics.md} promises of the threads of one host that wait for one lock: the
 * first in line alone asks, never while the lock is held here, and at once when that is over; who
 * came first is served first; after sixteen holds in a row the line rests. Knows no more of the
 * line than who stands in it.
 */
final class Queue {
  private static final int IN_A_ROW_MAX = 16;
  private static final long NEVER = -1;

  /** Clocks of hosts are read in microseconds. */
  private static final long AT_ONCE_NANOS = 10_000;

  private final String where;
  private final TimeSource time;
  private final Tally tally;
  private final Deque<Wish> inLine = new ArrayDeque<>();
  private boolean held;
  private long heldUntilNanos;
  private long endedNanos = NEVER;
  private long dueNanos = NEVER;
  private int inARow;
  private long heardNanos;

  /**
   * Nobody stands in it.
   *
   * @param where host and lock, for people
   */
  Queue(String where, TimeSource time, Tally tally) {
    this.where = where;
    this.time = time;
    this.tally = tally;
  }

  boolean isFirst(Wish wish) {
    return inLine.peek() == wish;
  }

  void require(boolean kept, String broken, Object what) {
    Judge.require(kept, broken + " at " + where, what);
  }

  void entered(Wish wish) {
    look();
    if (!inLine.isEmpty()) {
      tally.count(Event.STOOD_BEHIND_OTHERS);
      wish.standsBehind();
    }
    inLine.add(wish);
  }

  void left(Wish wish) {
    look();
    boolean first = isFirst(wish);
    inLine.remove(wish);
    if (first && !isHeld()) {
      dueNow(Event.WOKEN_BY_WHO_LEFT);
    }
  }

  private boolean isHeld() {
    return held && time.monotonicNanos() + AT_ONCE_NANOS < heldUntilNanos;
  }

  /** One that lets others by goes on with that. */
  private void dueNow(Event why) {
    dueNanos = NEVER;
    Wish first = inLine.peek();
    if (first != null && !first.isResting()) {
      tally.count(why);
      dueNanos = time.monotonicNanos();
    }
  }

  /** One who stands in line asks the table; a set may have to, before it renews what it has. */
  void asks(Wish wish, Call call) {
    look();
    if (!inLine.contains(wish)) {
      return;
    }
    long now = time.monotonicNanos();
    boolean last = now >= wish.boundNanos() || wish.kind() == Kind.AS_A_SET;
    require(last || isFirst(wish), "asks out of turn", wish.label());
    boolean goesOn = wish.goesOnWith(call, now);
    require(last || goesOn || !isHeld(), "asks while the lock is held here", wish.label());
    held = isHeld();
    if (isFirst(wish)) {
      dueNanos = NEVER;
    }
    wish.asks(call, now == endedNanos, !isFirst(wish));
  }

  /** The first in line has heard of a call: if it is due meanwhile, it goes on at once. */
  void hears(Wish wish, Call call, boolean answered) {
    look();
    if (isFirst(wish) && answered && call.acquires()) {
      heardNanos = time.monotonicNanos();
    }
    if (isFirst(wish) && dueNanos != NEVER) {
      dueNanos = answered || !call.acquires() ? time.monotonicNanos() : NEVER;
    }
  }

  /** How old may be what is known here: no older than the latest answer to the first in line. */
  long knownSinceNanos(Wish wish) {
    return Math.min(wish.sinceNanos(), heardNanos);
  }

  void rests(Wish wish) {
    if (isFirst(wish)) {
      dueNanos = NEVER;
      inARow = 0;
      wish.rests();
      tally.count(wish.stoodBehind() ? Event.RESTED_AFTER_SIXTEEN : Event.LET_OTHERS_BY);
    }
  }

  void held(Wish wish, long untilNanos) {
    boolean inOrder = !inLine.contains(wish) || isFirst(wish) || wish.askedOutOfTurn();
    require(inOrder, "served out of turn", wish.label());
    inARow = wish.askedAtTheEnd() ? inARow + 1 : 1;
    require(inARow <= IN_A_ROW_MAX, "too many in a row without a rest", inARow);
    held = true;
    heldUntilNanos = untilNanos;
    dueNanos = NEVER;
  }

  /** The table has shown that it was not over, though its reply took longer than the validity. */
  void extended(long untilNanos) {
    look();
    held = true;
    heldUntilNanos = untilNanos;
    held = isHeld();
    dueNanos = held ? NEVER : dueNanos;
  }

  void ended() {
    look();
    held = false;
    endedNanos = time.monotonicNanos();
    dueNow(Event.WOKEN_BY_AN_END);
  }

  /** Nobody sleeps who should have asked. */
  void look() {
    long now = time.monotonicNanos();
    if (held && now >= heldUntilNanos) {
      held = false;
      dueNow(Event.WOKEN_BY_A_LEASE_S_END);
      dueNanos = dueNanos == NEVER ? NEVER : heldUntilNanos;
    }
    Wish first = inLine.peek();
    if (first == null || dueNanos == NEVER) {
      dueNanos = NEVER;
      return;
    }
    boolean atOnce = first.worker().isCalling() || now - dueNanos <= AT_ONCE_NANOS;
    require(atOnce, "sleeps though it is its turn", first.label());
  }

  void isEmptyInTheEnd() {
    require(inLine.isEmpty(), "left in line", inLine.stream().map(Wish::label).toList());
  }
}
