package dev.holdfast.lock.protocol;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a lock is won: one immutable state of an attempt, asked what to do next.
 *
 * <p>A body (one nonce, one token, one set of clauses) is sent; a lost answer is asked for once
 * more with the same body, and a refusal that shows this very body is a success. Everything else
 * that a refusal shows is told to the {@link Memory}; then the row is either free for the taking
 * now, and a new body is sent at once, or it is not, and the attempt waits or ends. A body that may
 * have taken effect is never forgotten: its nonce is given up ({@link #orphans}), so that a row
 * bearing it is known to be nobody's, and a lock that cannot be handed out is released.
 *
 * @param claim what is wanted
 * @param deadlineNanos monotonic time after which nothing more is tried
 * @param callsEndNanos monotonic time by which every call must end
 * @param exchange the body under way
 * @param sampled the clocks before the body was built: where validity starts
 * @param tries bodies refused or failed so far
 * @param atOnce bodies sent in a row without a pause
 * @param orphans nonces given up so far, the newest last
 * @param unanswered the newest body that was given up and may stand in the table; null where there
 *     is none
 */
public record Acquiring(
    Claim claim,
    long deadlineNanos,
    long callsEndNanos,
    Exchange exchange,
    ClockReading sampled,
    int tries,
    int atOnce,
    Set<String> orphans,
    Write.@Nullable Acquire unanswered) {
  private static final int AT_ONCE_MAX = 3;
  private static final long MILLI = 1_000_000;
  private static final String ROW_NOT_RETURNED =
      "the table refused the write and did not return the row";

  /** Copies the set. */
  public Acquiring {
    orphans = Collections.unmodifiableSet(new LinkedHashSet<>(orphans));
  }

  /**
   * Begins an attempt.
   *
   * @param claim what is wanted
   * @param limits how long to try, and by when every call must end
   * @param now the clocks now
   * @param memory what is known of the key
   * @param draws random draws
   * @return what to do first
   */
  public static Step start(
      Claim claim, Limits limits, ClockReading now, Memory memory, Draws draws) {
    long deadline = now.monotonicNanos() + limits.waitNanos();
    long callsEnd = now.monotonicNanos() + limits.callsNanos();
    Stamp ripe = memory.ripe(now, claim.bounds());
    Write.Acquire write = claim.write(now, draws.nonce(), memory.tokenSeen(), ripe);
    return new Acquiring(
            claim, deadline, callsEnd, Exchange.of(write), now, 0, 1, memory.orphans(), null)
        .send(now);
  }

  /**
   * How long an attempt may take.
   *
   * @param waitNanos how long to go on trying; 0 for a single try; negative for a single try within
   *     or at the end of a longer wait, whose call gets one attempt and no more
   * @param callsNanos how long until every call must have ended
   */
  public record Limits(long waitNanos, long callsNanos) {
    static final long PAST = -1;
  }

  private Write.Acquire body() {
    return (Write.Acquire) exchange.write();
  }

  private Step send(ClockReading now) {
    long wait = deadlineNanos - now.monotonicNanos();
    long left = callsEndNanos - now.monotonicNanos();
    boolean first = tries == 0 && exchange.sends() == 1;
    CallBudget budget =
        first && wait == 0
            ? CallBudget.of(claim.leaseMillis(), left)
            : CallBudget.polling(claim.leaseMillis(), wait, left);
    return new Step.Send(this, body(), budget);
  }

  /**
   * Goes on after a pause.
   *
   * @param now the clocks now
   * @param memory what is known of the key
   * @param draws random draws
   * @return what to do next
   */
  public Step onWake(ClockReading now, Memory memory, Draws draws) {
    return renewed(now, memory, draws, 1).send(now);
  }

  private Acquiring renewed(ClockReading now, Memory memory, Draws draws, int sentAtOnce) {
    Memory known = memory.withOrphans(orphans);
    Stamp ripe = known.ripe(now, claim.bounds());
    Write.Acquire write = claim.write(now, draws.nonce(), known.tokenSeen(), ripe);
    return new Acquiring(
        claim,
        deadlineNanos,
        callsEndNanos,
        Exchange.of(write),
        now,
        tries + 1,
        sentAtOnce,
        orphans,
        unanswered);
  }

  /**
   * Goes on after a reply.
   *
   * @param reply what came back
   * @param now the clocks when it was received
   * @param memory what is known of the key, this reply included
   * @param draws random draws
   * @return what to do next
   */
  public Step onReply(Reply reply, ClockReading now, Memory memory, Draws draws) {
    if (reply instanceof Reply.Applied applied) {
      return granted(applied, now, memory, draws);
    }
    if (reply instanceof Reply.Refused refused) {
      return refused(refused, now, memory, draws);
    }
    return failed((Reply.Failed) reply, now, draws);
  }

  /**
   * What to send, once and without regard to the reply, when the caller stops waiting during a
   * pause.
   *
   * @param now the clocks now
   * @return the release of a body that may have taken effect unanswered; empty where there is none
   */
  public Optional<Write> onInterrupt(ClockReading now) {
    return Optional.ofNullable(unanswered).map(body -> releaseOf(body, now));
  }

  private Step granted(Reply.Applied applied, ClockReading now, Memory memory, Draws draws) {
    boolean alone = !applied.resent() && exchange.sends() == 1 && orphans.isEmpty();
    boolean clean = alone && applied.previous() instanceof Seen.NoRow;
    Hold hold = Hold.acquired(body(), sampled, claim.bounds(), clean);
    if (hold.remainingNanos(now) > 0) {
      return new Step.Granted(this, hold, applied.previous());
    }
    Acquiring givenUp = givingUpBody();
    boolean again = hasTime(now) && atOnce < AT_ONCE_MAX;
    Step then =
        again
            ? givenUp.renewed(now, memory, draws, atOnce + 1).send(now)
            : new Step.TooLate(givenUp);
    return new Step.Abandon(hold.release(now, true), then);
  }

  private Step refused(Reply.Refused refused, ClockReading now, Memory memory, Draws draws) {
    Seen seen = refused.current();
    if (seen instanceof LockRow row && isThisBody(row)) {
      return granted(new Reply.Applied(row, true), now, memory, draws);
    }
    Acquiring next = answered(exchange.uncertain() || refused.resent());
    if (seen instanceof LockRow row) {
      return next.blocked(row, now, memory, draws);
    }
    String reason = seen instanceof Seen.ForeignRow foreign ? foreign.reason() : ROW_NOT_RETURNED;
    return new Step.Foreign(next, reason);
  }

  private boolean isThisBody(LockRow row) {
    return row.isHeld() && row.stamp().equals(body().row().stamp());
  }

  private Step blocked(LockRow row, ClockReading now, Memory memory, Draws draws) {
    if (isFreeForMe(row, now, memory) && atOnce < AT_ONCE_MAX) {
      return renewed(now, memory, draws, atOnce + 1).send(now);
    }
    if (row.state() == RowState.DONE && now.wallMillis() < row.term().expiresAtMillis()) {
      return new Step.Done(this, row);
    }
    if (!hasTime(now)) {
      return new Step.Busy(this, row);
    }
    long takeOver = takeOverNanos(row, now, memory);
    return new Step.Pause(this, pauseNanos(takeOver, now, draws));
  }

  private boolean isFreeForMe(LockRow row, ClockReading now, Memory memory) {
    return switch (row.state()) {
      case FREE -> true;
      case DONE -> row.term().expiresAtMillis() <= now.wallMillis();
      case HELD -> takeOverNanos(row, now, memory) <= 0;
    };
  }

  private long takeOverNanos(LockRow row, ClockReading now, Memory memory) {
    return TakeOver.ofHeld(row, claim.bounds(), memory.withOrphans(orphans), now);
  }

  private Step failed(Reply.Failed failed, ClockReading now, Draws draws) {
    Optional<Exchange> again = exchange.again(failed);
    if (again.isPresent() && isFresh(now) && failed.fault() == Reply.Fault.NO_ANSWER) {
      return withExchange(again.get()).send(now);
    }
    Reply.Failed known = (Reply.Failed) exchange.conclude(failed);
    Acquiring next = known.mayHaveApplied() ? givingUpBody() : this;
    if (failed.fault().mayPass() && hasTime(now)) {
      return new Step.Pause(next, pauseNanos(Long.MAX_VALUE, now, draws));
    }
    Step ended = new Step.Failed(next, known);
    return next.onInterrupt(now)
        .<Step>map(release -> new Step.Abandon(release, ended))
        .orElse(ended);
  }

  private boolean isFresh(ClockReading now) {
    return now.elapsedNanosSince(sampled) < claim.leaseMillis() * MILLI / 2;
  }

  private Write releaseOf(Write.Acquire body, ClockReading now) {
    return Hold.acquired(body, sampled, claim.bounds(), false).release(now, true);
  }

  /** The table has shown what stands there: nothing of ours, though a copy may still arrive. */
  private Acquiring answered(boolean copyMayArrive) {
    return with(exchange, copyMayArrive ? orphansWithBody() : orphans, null);
  }

  private Acquiring givingUpBody() {
    return with(exchange, orphansWithBody(), body());
  }

  private Set<String> orphansWithBody() {
    return Memory.newest(orphans, Set.of(body().row().stamp().nonce()));
  }

  private Acquiring withExchange(Exchange again) {
    return with(again, orphans, unanswered);
  }

  private Acquiring with(
      Exchange under, Set<String> givenUp, Write.@Nullable Acquire unansweredBody) {
    return new Acquiring(
        claim,
        deadlineNanos,
        callsEndNanos,
        under,
        sampled,
        tries,
        atOnce,
        givenUp,
        unansweredBody);
  }

  private boolean hasTime(ClockReading now) {
    return deadlineNanos - now.monotonicNanos() > 0;
  }

  private long pauseNanos(long takeOver, ClockReading now, Draws draws) {
    long left = deadlineNanos - now.monotonicNanos();
    return Waiting.pauseNanos(tries + 1, takeOver, left, draws.jitter());
  }
}
