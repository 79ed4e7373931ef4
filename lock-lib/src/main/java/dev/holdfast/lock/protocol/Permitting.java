package dev.holdfast.lock.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How one of n permits is won: one immutable state of an attempt, asked what to do next.
 *
 * <p>Each permit is a lock of its own, in a {@link Slot}, so whatever makes one lock safe makes a
 * permit safe: n slots have at most n holders. The slots stand in a random order, so that askers
 * spread out, and are tried one at a time in rounds. The first round makes no pause: only a refusal
 * by every slot says that no permit is free. After it one slot is tried after each pause: the next
 * in order, or one whose holder's lease has ended meanwhile, since that one can be had for sure.
 * The earliest end of a lease that was seen bounds the pause and decides nothing else.
 *
 * @param claim what is wanted; its name is what the permits are of
 * @param slots all slots, the next one first
 * @param deadlineNanos monotonic time after which nothing more is tried
 * @param callsEndNanos monotonic time by which every call must end
 * @param pauses how often the attempt has paused
 */
public record Permitting(
    Claim claim, List<Slot> slots, long deadlineNanos, long callsEndNanos, int pauses) {

  /** Copies the list. */
  public Permitting {
    slots = List.copyOf(slots);
  }

  /**
   * Begins an attempt.
   *
   * @param claim what is wanted; its name is what the permits are of
   * @param permits how many there are
   * @param limits how long to try, and by when every call must end
   * @param now the clocks now
   * @param draws random draws
   * @return the attempt
   */
  public static Permitting start(
      Claim claim, int permits, Attempt.Limits limits, ClockReading now, Draws draws) {
    List<Slot> slots = new ArrayList<>(permits);
    for (int number = 1; number <= permits; number++) {
      slots.add(Slot.numbered(claim.name(), number));
    }
    long deadline = now.monotonicNanos() + limits.waitNanos();
    long callsEnd = now.monotonicNanos() + limits.callsNanos();
    return new Permitting(claim, shuffled(slots, draws), deadline, callsEnd, 0);
  }

  private static List<Slot> shuffled(List<Slot> slots, Draws draws) {
    for (int last = slots.size() - 1; last > 0; last--) {
      Collections.swap(slots, last, (int) (draws.jitter() * (last + 1)));
    }
    return slots;
  }

  /** What to do next. */
  public sealed interface Move {

    /**
     * Try one slot once, then ask {@link Permitting#after}.
     *
     * @param next who is to be asked
     * @param claim what is wanted of the slot
     * @param limits no wait, and by when every call must end
     */
    record Try(Permitting next, Claim claim, Attempt.Limits limits) implements Move {}

    /**
     * Wait, then ask {@link Permitting#next}.
     *
     * @param next who is to be asked
     * @param nanos how long to wait
     */
    record Pause(Permitting next, long nanos) implements Move {}

    /**
     * The attempt is over.
     *
     * @param outcome what it came to; busy with the row whose lease ends first
     */
    record End(Step.Outcome outcome) implements Move {}
  }

  /**
   * The next try.
   *
   * @param now the clocks now
   * @return which slot to try
   */
  public Move.Try next(ClockReading now) {
    Slot chosen = slots.stream().filter(s -> s.isDue(now)).findFirst().orElse(slots.get(0));
    List<Slot> order = new ArrayList<>(slots);
    order.remove(chosen);
    order.add(0, chosen);
    return new Move.Try(with(order, pauses), claim.named(chosen.key()), once(now));
  }

  /** A single try. Unless it is the only one there is, its call is bounded to one attempt. */
  private Attempt.Limits once(ClockReading now) {
    boolean first = slots.stream().noneMatch(Slot::tried);
    long wait = first && !hasTime(now) ? 0 : Attempt.Limits.PAST;
    return new Attempt.Limits(wait, callsEndNanos - now.monotonicNanos());
  }

  /**
   * Goes on after a try.
   *
   * @param outcome what the try came to
   * @param memory what is known of the slot's key, this try included
   * @param now the clocks now
   * @param draws random draws
   * @return what to do next
   */
  public Move after(Step.Outcome outcome, Memory memory, ClockReading now, Draws draws) {
    if (outcome instanceof Step.Busy busy) {
      long takeOver = TakeOver.ofHeld(busy.row(), claim.bounds(), memory, now);
      return blocked(busy.ended(), tried().blockedBy(busy.row(), takeOver, now), now, draws);
    }
    if (outcome instanceof Step.Done done) {
      long millis = done.row().term().expiresAtMillis() - now.wallMillis();
      long takeOver = TimeUnit.MILLISECONDS.toNanos(millis);
      return blocked(done.ended(), tried().blockedBy(done.row(), takeOver, now), now, draws);
    }
    return mayPass(outcome) && hasTime(now)
        ? turned(tried().unanswered()).pause(now, draws)
        : new Move.End(outcome);
  }

  private static boolean mayPass(Step.Outcome outcome) {
    return outcome instanceof Step.TooLate
        || (outcome instanceof Step.Failed failed && failed.failure().fault().mayPass());
  }

  private Slot tried() {
    return slots.get(0);
  }

  private Move blocked(Attempt ended, Slot slot, ClockReading now, Draws draws) {
    Permitting turned = turned(slot);
    boolean mayCall = callsEndNanos - now.monotonicNanos() > 0;
    if (mayCall && !turned.slots.get(0).tried()) {
      return turned.next(now);
    }
    return hasTime(now)
        ? turned.pause(now, draws)
        : new Move.End(new Step.Busy(ended, turned.firstToEnd()));
  }

  /** The row whose lease ends first of those that stood in the way: the best that can be told. */
  private LockRow firstToEnd() {
    return slots.stream()
        .map(Slot::row)
        .flatMap(Stream::ofNullable)
        .min(Comparator.comparingLong(row -> row.term().expiresAtMillis()))
        .orElseThrow();
  }

  private Move pause(ClockReading now, Draws draws) {
    long left = deadlineNanos - now.monotonicNanos();
    long due = Long.MAX_VALUE;
    for (Slot slot : slots) {
      due = Math.min(due, slot.remainingNanos(now));
    }
    long nanos = Waiting.cut(Waiting.doubled(pauses + 1, draws.jitter()), due, left);
    return new Move.Pause(with(slots, pauses + 1), nanos);
  }

  private Permitting turned(Slot slot) {
    List<Slot> order = new ArrayList<>(slots.subList(1, slots.size()));
    order.add(slot);
    return with(order, pauses);
  }

  private Permitting with(List<Slot> order, int paused) {
    return new Permitting(claim, order, deadlineNanos, callsEndNanos, paused);
  }

  private boolean hasTime(ClockReading now) {
    return deadlineNanos - now.monotonicNanos() > 0;
  }
}
