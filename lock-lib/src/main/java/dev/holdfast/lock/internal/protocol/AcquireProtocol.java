package dev.holdfast.lock.internal.protocol;

import dev.holdfast.lock.RandomSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a lock is won: one immutable state of an attempt, asked what to do next.
 *
 * <p>A body (one nonce, one token, one set of clauses) is sent; a lost answer is asked for once
 * more with the same body, and a refusal that shows this very body is a success. Everything else
 * that a refusal shows is told to the {@link KeyObservations}; then the row is either free for the
 * taking now, and a new body is sent at once, or it is not, and the attempt waits or ends. A body
 * that may have taken effect is never forgotten: its nonce is given up ({@link Attempt#orphans}),
 * so that a row bearing it is known to be nobody's, and a lock that cannot be handed out is
 * released.
 *
 * @param attempt what is wanted, until when, and what it came to so far
 * @param sendState the body under way
 * @param validFrom the clocks before the body was built: where validity starts
 * @param immediateSends bodies sent in a row without a pause
 * @param unansweredWrite the newest body that was given up and may stand in the table; null where
 *     there is none
 */
public record AcquireProtocol(
    Attempt attempt,
    SendState sendState,
    ClockReading validFrom,
    int immediateSends,
    Write.@Nullable Acquire unansweredWrite) {
  private static final int MAX_IMMEDIATE_SENDS = 3;
  private static final long MILLI = 1_000_000;
  private static final String ROW_NOT_RETURNED =
      "the table refused the write and did not return the row";

  /**
   * Begins an attempt.
   *
   * @param attempt what is wanted, and until when
   * @param now the clocks now
   * @param observations what is known of the key
   * @param randomSource random draws
   * @return what to do first
   */
  public static AcquireStep start(
      Attempt attempt, ClockReading now, KeyObservations observations, RandomSource randomSource) {
    Attempt prepared = attempt.withOrphans(observations.orphans());
    Write.Acquire write = prepared.nextWrite(now, observations, randomSource);
    return new AcquireProtocol(prepared, SendState.of(write), now, 1, null).send(now);
  }

  private Write.Acquire write() {
    return (Write.Acquire) sendState.write();
  }

  private AcquireSpec spec() {
    return attempt.spec();
  }

  private AcquireStep send(ClockReading now) {
    long waitNanos = attempt.remainingWaitNanos(now);
    long requestNanos = attempt.remainingRequestNanos(now);
    boolean first = attempt.retries() == 0 && sendState.sends() == 1;
    CallTimeouts timeouts =
        first && attempt.isTryAcquire()
            ? CallTimeouts.of(spec().leaseMillis(), requestNanos)
            : CallTimeouts.whileWaiting(spec().leaseMillis(), waitNanos, requestNanos);
    return new AcquireStep.Send(this, write(), timeouts);
  }

  /**
   * Goes on after a pause.
   *
   * @param now the clocks now
   * @param observations what is known of the key
   * @param randomSource random draws
   * @return what to do next
   */
  public AcquireStep onPauseEnd(
      ClockReading now, KeyObservations observations, RandomSource randomSource) {
    return withNewWrite(now, observations, randomSource, 1).send(now);
  }

  private AcquireProtocol withNewWrite(
      ClockReading now, KeyObservations observations, RandomSource randomSource, int sends) {
    Attempt again = attempt.withRetry();
    Write.Acquire write = again.nextWrite(now, observations, randomSource);
    return new AcquireProtocol(again, SendState.of(write), now, sends, unansweredWrite);
  }

  /**
   * Goes on after a reply.
   *
   * @param reply what came back
   * @param now the clocks when it was received
   * @param observations what is known of the key, this reply included
   * @param randomSource random draws
   * @return what to do next
   */
  public AcquireStep onReply(
      Reply reply, ClockReading now, KeyObservations observations, RandomSource randomSource) {
    if (reply instanceof Reply.Applied applied) {
      return acquired(applied, now, observations, randomSource);
    }
    if (reply instanceof Reply.Rejected rejected) {
      return rejected(rejected, now, observations, randomSource);
    }
    return failed((Reply.Failed) reply, now, randomSource);
  }

  /**
   * What to send, once and without regard to the reply, when the caller stops waiting during a
   * pause.
   *
   * @param now the clocks now
   * @return the release of a body that may have taken effect unanswered; empty where there is none
   */
  public Optional<Write> onInterrupt(ClockReading now) {
    return Optional.ofNullable(unansweredWrite).map(write -> releaseWrite(write, now));
  }

  private AcquireStep acquired(
      Reply.Applied applied,
      ClockReading now,
      KeyObservations observations,
      RandomSource randomSource) {
    boolean sentOnce =
        !applied.maybeResent() && sendState.sends() == 1 && attempt.orphans().isEmpty();
    boolean mayDeleteRow = sentOnce && applied.previous() instanceof RowSnapshot.NoRow;
    Hold hold = Hold.acquired(write(), validFrom, spec().clockBounds(), mayDeleteRow);
    if (applied.previous() instanceof RowSnapshot.UnrecognizedRow unrecognized) {
      return new AcquireStep.Compensate(
          hold.release(now, true),
          new AcquireStep.UnrecognizedRow(attemptWithOrphan(), unrecognized.reason()));
    }
    if (hold.remainingNanos(now) > 0) {
      return new AcquireStep.Acquired(attempt, hold, applied.previous());
    }
    AcquireProtocol abandoned = withAbandonedWrite();
    boolean mayRetry = attempt.hasTimeLeft(now) && immediateSends < MAX_IMMEDIATE_SENDS;
    AcquireStep then =
        mayRetry
            ? abandoned.withNewWrite(now, observations, randomSource, immediateSends + 1).send(now)
            : new AcquireStep.LeaseExpired(abandoned.attempt);
    return new AcquireStep.Compensate(hold.release(now, true), then);
  }

  private AcquireStep rejected(
      Reply.Rejected rejected,
      ClockReading now,
      KeyObservations observations,
      RandomSource randomSource) {
    RowSnapshot snapshot = rejected.current();
    if (snapshot instanceof LockRow row && isOwnRow(row)) {
      return acquired(new Reply.Applied(row, true), now, observations, randomSource);
    }
    AcquireProtocol next = afterAnswer(sendState.mayHaveApplied() || rejected.maybeResent());
    if (snapshot instanceof LockRow row) {
      return next.blockedBy(row, now, observations, randomSource);
    }
    String reason =
        snapshot instanceof RowSnapshot.UnrecognizedRow unrecognized
            ? unrecognized.reason()
            : ROW_NOT_RETURNED;
    return new AcquireStep.UnrecognizedRow(next.attempt, reason);
  }

  private boolean isOwnRow(LockRow row) {
    return row.isHeld() && row.version().equals(write().row().version());
  }

  private AcquireStep blockedBy(
      LockRow row, ClockReading now, KeyObservations observations, RandomSource randomSource) {
    if (isAvailable(row, now, observations) && immediateSends < MAX_IMMEDIATE_SENDS) {
      return withNewWrite(now, observations, randomSource, immediateSends + 1).send(now);
    }
    if (row.state() == RowState.COMPLETED && now.wallMillis() < row.leaseTerm().expiresAtMillis()) {
      return new AcquireStep.Completed(attempt, row);
    }
    if (!attempt.hasTimeLeft(now)) {
      return new AcquireStep.Busy(attempt, row);
    }
    long interval = attempt.backoffNanos(now, observations, randomSource);
    long roundTrip = now.monotonicNanos() - validFrom.monotonicNanos();
    long clamped = Backoff.clamp(interval, roundTrip, spec().leaseMillis());
    long nanos =
        Backoff.truncate(
            clamped, takeoverNanos(row, now, observations), attempt.remainingWaitNanos(now));
    return new AcquireStep.Pause(with(attempt.withPause(), unansweredWrite), nanos);
  }

  private boolean isAvailable(LockRow row, ClockReading now, KeyObservations observations) {
    return switch (row.state()) {
      case FREE -> true;
      case COMPLETED -> row.leaseTerm().expiresAtMillis() <= now.wallMillis();
      case HELD -> takeoverNanos(row, now, observations) <= 0;
    };
  }

  private long takeoverNanos(LockRow row, ClockReading now, KeyObservations observations) {
    return TakeoverTime.remainingNanos(
        row, spec().clockBounds(), observations.withOrphans(attempt.orphans()), now);
  }

  private AcquireStep failed(Reply.Failed failed, ClockReading now, RandomSource randomSource) {
    Optional<SendState> resend = sendState.retryAfter(failed);
    if (resend.isPresent() && mayResend(now) && failed.kind() == Reply.FailureKind.NO_REPLY) {
      return withSendState(resend.get()).send(now);
    }
    Reply.Failed conclusion = (Reply.Failed) sendState.finalReply(failed);
    AcquireProtocol next = conclusion.mayHaveApplied() ? withAbandonedWrite() : this;
    if (failed.kind().isTransient() && attempt.hasTimeLeft(now)) {
      long interval = Backoff.exponential(attempt.retries() + 1, randomSource.jitter());
      long nanos = Backoff.truncate(interval, Long.MAX_VALUE, attempt.remainingWaitNanos(now));
      return new AcquireStep.Pause(next, nanos);
    }
    AcquireStep ended = new AcquireStep.Failed(next.attempt, conclusion);
    return next.onInterrupt(now)
        .<AcquireStep>map(release -> new AcquireStep.Compensate(release, ended))
        .orElse(ended);
  }

  private boolean mayResend(ClockReading now) {
    return now.elapsedNanosSince(validFrom) < spec().leaseMillis() * MILLI / 2;
  }

  private Write releaseWrite(Write.Acquire acquire, ClockReading now) {
    return Hold.acquired(acquire, validFrom, spec().clockBounds(), false).release(now, true);
  }

  /** The table has shown what stands there: nothing of ours, though a copy may still arrive. */
  private AcquireProtocol afterAnswer(boolean copyMayArrive) {
    return with(copyMayArrive ? attemptWithOrphan() : attempt, null);
  }

  private AcquireProtocol withAbandonedWrite() {
    return with(attemptWithOrphan(), write());
  }

  private Attempt attemptWithOrphan() {
    return attempt.withOrphans(Set.of(write().row().version().nonce()));
  }

  private AcquireProtocol withSendState(SendState newState) {
    return new AcquireProtocol(attempt, newState, validFrom, immediateSends, unansweredWrite);
  }

  private AcquireProtocol with(Attempt newAttempt, Write.@Nullable Acquire unanswered) {
    return new AcquireProtocol(newAttempt, sendState, validFrom, immediateSends, unanswered);
  }
}
