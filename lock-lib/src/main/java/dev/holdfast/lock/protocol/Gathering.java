package dev.holdfast.lock.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * How several locks are won together, all or nothing: one immutable state of an attempt, asked what
 * to do next.
 *
 * <p>The locks are won one after the other in the order of the claims, which is the same for
 * everybody, so no two attempts can each hold what the other waits for. While it waits for one, the
 * attempt renews those that it has as soon as half of their validity is used up; a renewal that
 * fails is tried again when half of what is then left is used up, and so ever sooner, until it
 * works or the validity is over. A lock that is lost meanwhile is won again while there is time;
 * those behind it in the order are given back first, which keeps the order.
 *
 * @param claims what is wanted, in order
 * @param deadlineNanos monotonic time after which nothing more is waited for
 * @param callsEndNanos monotonic time by which every call must end
 * @param sinceNanos monotonic time since when the next lock is waited for
 * @param renewBelow for each lock that is held, in order: it is renewed once no more nanoseconds of
 *     validity are left
 */
public record Gathering(
    List<Claim> claims,
    long deadlineNanos,
    long callsEndNanos,
    long sinceNanos,
    List<Long> renewBelow) {

  /** Copies the lists. */
  public Gathering {
    claims = List.copyOf(claims);
    renewBelow = List.copyOf(renewBelow);
  }

  /**
   * Begins an attempt.
   *
   * @param claims what is wanted, in an order that is the same for everybody
   * @param limits how long to try, and by when every call must end
   * @param now the clocks now
   * @return the attempt, which holds nothing
   */
  public static Gathering start(List<Claim> claims, Attempt.Limits limits, ClockReading now) {
    long deadline = now.monotonicNanos() + limits.waitNanos();
    long callsEnd = now.monotonicNanos() + limits.callsNanos();
    return new Gathering(claims, deadline, callsEnd, now.monotonicNanos(), List.of());
  }

  /** What to do next. */
  public sealed interface Move {

    /**
     * Try to win the next lock, within limits that end when one that is held has to be renewed.
     *
     * @param claim what is wanted
     * @param limits how long to try, and by when every call must end
     */
    record Try(Claim claim, Attempt.Limits limits) implements Move {}

    /**
     * Renew a lock that is held.
     *
     * @param index which one
     */
    record Renew(int index) implements Move {}

    /**
     * Give locks back, the last one first: the first of them is lost.
     *
     * @param from the first to give back; all that are held behind it go too
     */
    record GiveBack(int from) implements Move {}

    /**
     * The attempt has failed, since a lock is lost and there is no time to win it again.
     *
     * @param index which one
     */
    record Lost(int index) implements Move {}

    /** All are held. */
    record Complete() implements Move {}
  }

  /**
   * What to do next.
   *
   * @param remaining for each lock that is held, in order: how many nanoseconds it may still be
   *     believed in, 0 or less when it is lost
   * @param now the clocks now
   * @return the next move
   */
  public Move next(List<Long> remaining, ClockReading now) {
    long untilRenewal = Long.MAX_VALUE;
    int earliest = 0;
    for (int i = 0; i < remaining.size(); i++) {
      if (remaining.get(i) <= 0) {
        return hasTime(now) ? new Move.GiveBack(i) : new Move.Lost(i);
      }
      long until = remaining.get(i) - renewBelow.get(i);
      if (until < untilRenewal) {
        untilRenewal = until;
        earliest = i;
      }
    }
    boolean due = untilRenewal <= 0 && hasTime(now);
    return due ? new Move.Renew(earliest) : further(untilRenewal, now);
  }

  private Move further(long untilRenewal, ClockReading now) {
    int held = renewBelow.size();
    if (held == claims.size()) {
      return new Move.Complete();
    }
    long left = Math.max(0, deadlineNanos - now.monotonicNanos());
    long wait = Math.min(left, untilRenewal);
    long calls = callsEndNanos - now.monotonicNanos();
    if (wait <= 0) {
      long once = held == 0 ? 0 : Attempt.Limits.PAST;
      return new Move.Try(claims.get(held), new Attempt.Limits(once, calls));
    }
    long waited = now.monotonicNanos() - sinceNanos;
    return new Move.Try(claims.get(held), new Attempt.Limits(wait, calls, waited));
  }

  /**
   * The attempt with one lock more.
   *
   * @param now the clocks now
   * @return the attempt that holds the lock that it tried
   */
  public Gathering granted(ClockReading now) {
    List<Long> more = new ArrayList<>(renewBelow);
    more.add(halfOf(more.size()));
    return holding(more, now.monotonicNanos());
  }

  private long halfOf(int index) {
    Claim claim = claims.get(index);
    return claim.bounds().validityNanos(claim.leaseMillis()) / 2;
  }

  /**
   * Whether to go on although the next lock was not won.
   *
   * @param outcome what the try came to
   * @param now the clocks now
   * @return false when that is what the whole attempt came to
   */
  public boolean goesOnAfter(Step.Outcome outcome, ClockReading now) {
    boolean mayPass =
        outcome instanceof Step.Busy
            || (outcome instanceof Step.Failed failed && failed.failure().fault().mayPass());
    return mayPass && hasTime(now);
  }

  /**
   * Whether to go on although a renewal failed.
   *
   * @param failed why it did
   * @return false when a further one would fail too
   */
  public boolean goesOnAfter(Reply.Failed failed) {
    return failed.fault().mayPass();
  }

  /**
   * The attempt after a renewal, whatever came of it.
   *
   * @param index which lock was renewed
   * @param remaining how many nanoseconds it may now be believed in
   * @return the attempt that knows when to renew it again
   */
  public Gathering renewed(int index, long remaining) {
    List<Long> changed = new ArrayList<>(renewBelow);
    long half = halfOf(index);
    changed.set(index, remaining > half ? half : remaining / 2);
    return holding(changed, sinceNanos);
  }

  /**
   * The attempt after locks were given back.
   *
   * @param from the first that is no longer held
   * @param now the clocks now
   * @return the attempt that holds those before it
   */
  public Gathering gaveBack(int from, ClockReading now) {
    return holding(renewBelow.subList(0, from), now.monotonicNanos());
  }

  private Gathering holding(List<Long> held, long since) {
    return new Gathering(claims, deadlineNanos, callsEndNanos, since, held);
  }

  private boolean hasTime(ClockReading now) {
    return deadlineNanos - now.monotonicNanos() > 0;
  }
}
