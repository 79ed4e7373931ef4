package dev.holdfast.lock.protocol;

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
 * have taken effect is never forgotten: its nonce is given up ({@link Attempt#orphans}), so that a
 * row bearing it is known to be nobody's, and a lock that cannot be handed out is released.
 *
 * @param attempt what is wanted, until when, and what it came to so far
 * @param exchange the body under way
 * @param sampled the clocks before the body was built: where validity starts
 * @param atOnce bodies sent in a row without a pause
 * @param unanswered the newest body that was given up and may stand in the table; null where there
 *     is none
 */
public record Acquiring(
    Attempt attempt,
    Exchange exchange,
    ClockReading sampled,
    int atOnce,
    Write.@Nullable Acquire unanswered) {
  private static final int AT_ONCE_MAX = 3;
  private static final long MILLI = 1_000_000;
  private static final String ROW_NOT_RETURNED =
      "the table refused the write and did not return the row";

  /**
   * Begins an attempt.
   *
   * @param attempt what is wanted, and until when
   * @param now the clocks now
   * @param memory what is known of the key
   * @param draws random draws
   * @return what to do first
   */
  public static Step start(Attempt attempt, ClockReading now, Memory memory, Draws draws) {
    Attempt knowing = attempt.givingUp(memory.orphans());
    Write.Acquire write = knowing.body(now, memory, draws);
    return new Acquiring(knowing, Exchange.of(write), now, 1, null).send(now);
  }

  private Write.Acquire body() {
    return (Write.Acquire) exchange.write();
  }

  private Claim claim() {
    return attempt.claim();
  }

  private Step send(ClockReading now) {
    long wait = attempt.waitNanos(now);
    long left = attempt.callsNanos(now);
    boolean first = attempt.tries() == 0 && exchange.sends() == 1;
    CallBudget budget =
        first && attempt.isSingleTry()
            ? CallBudget.of(claim().leaseMillis(), left)
            : CallBudget.polling(claim().leaseMillis(), wait, left);
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
    Attempt again = attempt.triedAgain();
    Write.Acquire write = again.body(now, memory, draws);
    return new Acquiring(again, Exchange.of(write), now, sentAtOnce, unanswered);
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
    boolean alone = !applied.resent() && exchange.sends() == 1 && attempt.orphans().isEmpty();
    boolean clean = alone && applied.previous() instanceof Seen.NoRow;
    Hold hold = Hold.acquired(body(), sampled, claim().bounds(), clean);
    if (applied.previous() instanceof Seen.ForeignRow foreign) {
      return new Step.Abandon(
          hold.release(now, true), new Step.Foreign(withoutBody(), foreign.reason()));
    }
    if (hold.remainingNanos(now) > 0) {
      return new Step.Granted(attempt, hold, applied.previous());
    }
    Acquiring givenUp = givingUpBody();
    boolean again = attempt.hasTime(now) && atOnce < AT_ONCE_MAX;
    Step then =
        again
            ? givenUp.renewed(now, memory, draws, atOnce + 1).send(now)
            : new Step.TooLate(givenUp.attempt);
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
    return new Step.Foreign(next.attempt, reason);
  }

  private boolean isThisBody(LockRow row) {
    return row.isHeld() && row.stamp().equals(body().row().stamp());
  }

  private Step blocked(LockRow row, ClockReading now, Memory memory, Draws draws) {
    if (isFreeForMe(row, now, memory) && atOnce < AT_ONCE_MAX) {
      return renewed(now, memory, draws, atOnce + 1).send(now);
    }
    if (row.state() == RowState.DONE && now.wallMillis() < row.term().expiresAtMillis()) {
      return new Step.Done(attempt, row);
    }
    if (!attempt.hasTime(now)) {
      return new Step.Busy(attempt, row);
    }
    long interval = attempt.intervalNanos(now, memory, draws);
    long roundTrip = now.monotonicNanos() - sampled.monotonicNanos();
    long polite = Waiting.clamped(interval, roundTrip, claim().leaseMillis());
    long nanos = Waiting.cut(polite, takeOverNanos(row, now, memory), attempt.waitNanos(now));
    return new Step.Pause(with(attempt.paused(), unanswered), nanos);
  }

  private boolean isFreeForMe(LockRow row, ClockReading now, Memory memory) {
    return switch (row.state()) {
      case FREE -> true;
      case DONE -> row.term().expiresAtMillis() <= now.wallMillis();
      case HELD -> takeOverNanos(row, now, memory) <= 0;
    };
  }

  private long takeOverNanos(LockRow row, ClockReading now, Memory memory) {
    return TakeOver.ofHeld(row, claim().bounds(), memory.withOrphans(attempt.orphans()), now);
  }

  private Step failed(Reply.Failed failed, ClockReading now, Draws draws) {
    Optional<Exchange> again = exchange.again(failed);
    if (again.isPresent() && isFresh(now) && failed.fault() == Reply.Fault.NO_ANSWER) {
      return withExchange(again.get()).send(now);
    }
    Reply.Failed known = (Reply.Failed) exchange.conclude(failed);
    Acquiring next = known.mayHaveApplied() ? givingUpBody() : this;
    if (failed.fault().mayPass() && attempt.hasTime(now)) {
      long interval = Waiting.doubled(attempt.tries() + 1, draws.jitter());
      long nanos = Waiting.cut(interval, Long.MAX_VALUE, attempt.waitNanos(now));
      return new Step.Pause(next, nanos);
    }
    Step ended = new Step.Failed(next.attempt, known);
    return next.onInterrupt(now)
        .<Step>map(release -> new Step.Abandon(release, ended))
        .orElse(ended);
  }

  private boolean isFresh(ClockReading now) {
    return now.elapsedNanosSince(sampled) < claim().leaseMillis() * MILLI / 2;
  }

  private Write releaseOf(Write.Acquire body, ClockReading now) {
    return Hold.acquired(body, sampled, claim().bounds(), false).release(now, true);
  }

  /** The table has shown what stands there: nothing of ours, though a copy may still arrive. */
  private Acquiring answered(boolean copyMayArrive) {
    return with(copyMayArrive ? withoutBody() : attempt, null);
  }

  private Acquiring givingUpBody() {
    return with(withoutBody(), body());
  }

  private Attempt withoutBody() {
    return attempt.givingUp(Set.of(body().row().stamp().nonce()));
  }

  private Acquiring withExchange(Exchange again) {
    return new Acquiring(attempt, again, sampled, atOnce, unanswered);
  }

  private Acquiring with(Attempt other, Write.@Nullable Acquire unansweredBody) {
    return new Acquiring(other, exchange, sampled, atOnce, unansweredBody);
  }
}
