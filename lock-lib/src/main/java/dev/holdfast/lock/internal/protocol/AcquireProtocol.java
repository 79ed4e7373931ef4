package dev.holdfast.lock.internal.protocol;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable state of one attempt to acquire a lock; each method returns the next step.
 *
 * <p>The attempt sends a write with a nonce, a token and a condition. {@link ReplyCase} is the
 * table of the steps that follow a reply:
 *
 * <ul>
 *   <li>A write without a reply is sent once more with the same body. The table then shows whether
 *       the first copy applied: a rejection by the row of this very write is a success.
 *   <li>A rejection shows the current row, and {@link KeyObservations} records it. If the row is
 *       available, the attempt sends a new write at once. Otherwise it pauses or ends.
 *   <li>A write that may have applied and is given up becomes an orphan ({@link Attempt#orphans}).
 *       A row with its nonce belongs to nobody. A lock that is not handed out is released.
 * </ul>
 *
 * @param attempt the request, its limits and its progress
 * @param write the current write
 * @param sendState number of sends of the current write
 * @param validFrom the clocks before the write was built; validity starts here
 * @param immediateSends number of new writes in a row without a pause
 * @param unansweredWrite the newest write that was given up and may be in the table; null if there
 *     is none
 */
public record AcquireProtocol(
    Attempt attempt,
    Write.Acquire write,
    SendState sendState,
    ClockReading validFrom,
    int immediateSends,
    Write.@Nullable Acquire unansweredWrite) {
  private static final int MAX_IMMEDIATE_SENDS = 3;
  private static final String ROW_NOT_RETURNED =
      "the table refused the write and did not return the row";

  /** Arguments of one reply, which the rules below pass on unchanged. */
  private record Context(
      ClockReading now, KeyObservations observations, RandomSource randomSource) {}

  /**
   * Starts an attempt.
   *
   * @param attempt the request and its limits
   * @param now the clocks now
   * @param observations the knowledge about the key
   * @param randomSource source of nonces and jitter
   * @return the first step
   */
  public static AcquireStep start(
      Attempt attempt, ClockReading now, KeyObservations observations, RandomSource randomSource) {
    Attempt prepared = attempt.withOrphans(observations.orphans());
    Write.Acquire write = prepared.nextWrite(now, observations, randomSource);
    return new AcquireProtocol(prepared, write, SendState.FIRST, now, 1, null).send(now);
  }

  private AcquireSpec spec() {
    return attempt.spec();
  }

  private AcquireStep send(ClockReading now) {
    long leaseMillis = spec().leaseMillis();
    long requestNanos = attempt.remainingRequestNanos(now);
    CallTimeouts timeouts =
        sendState.sends() == 1
            ? CallTimeouts.firstSend(leaseMillis, requestNanos)
            : CallTimeouts.resend(leaseMillis, requestNanos, now.elapsedNanosSince(validFrom));
    boolean onlyTry = attempt.isTryAcquire() && attempt.retries() == 0;
    long waitNanos = onlyTry ? Long.MAX_VALUE : attempt.remainingWaitNanos(now);
    return new AcquireStep.Send(this, write, timeouts.withinWait(leaseMillis, waitNanos));
  }

  /**
   * Continues after a pause.
   *
   * @param now the clocks now
   * @param observations the knowledge about the key
   * @param randomSource source of nonces and jitter
   * @return the next step
   */
  public AcquireStep onPauseEnd(
      ClockReading now, KeyObservations observations, RandomSource randomSource) {
    return sendNew(new Context(now, observations, randomSource), 1);
  }

  private AcquireStep sendNew(Context context, int sends) {
    Attempt again = attempt.withRetry();
    Write.Acquire next =
        again.nextWrite(context.now(), context.observations(), context.randomSource());
    return new AcquireProtocol(again, next, SendState.FIRST, context.now(), sends, unansweredWrite)
        .send(context.now());
  }

  /**
   * Continues after a reply.
   *
   * @param reply the reply
   * @param now the clocks when it arrived
   * @param observations the knowledge about the key, with this reply
   * @param randomSource source of nonces and jitter
   * @return the next step
   */
  public AcquireStep onReply(
      Reply reply, ClockReading now, KeyObservations observations, RandomSource randomSource) {
    Context context = new Context(now, observations, randomSource);
    return reply.fold(
        applied -> granted(applied, context),
        rejected -> rejected(rejected, context),
        failed -> failed(failed, context));
  }

  /**
   * Returns the write to send when the caller stops waiting during a pause. Its reply has no
   * effect.
   *
   * @param now the clocks now
   * @return the release of a write that may have applied without a reply; empty if there is none
   */
  public Optional<Write> onInterrupt(ClockReading now) {
    return Optional.ofNullable(unansweredWrite).map(unanswered -> releaseOf(unanswered, now));
  }

  private NextStep next(ReplyCase replyCase, ClockReading now, boolean maySend) {
    return replyCase.forAcquire(attempt.hasTimeLeft(now), maySend);
  }

  private boolean mayResend(ClockReading now) {
    return sendState.mayResend()
        && CallTimeouts.allowsResend(spec().leaseMillis(), now.elapsedNanosSince(validFrom));
  }

  private AcquireStep granted(Reply.Applied applied, Context context) {
    ClockReading now = context.now();
    boolean sentOnce =
        !applied.maybeResent() && sendState.sends() == 1 && attempt.orphans().isEmpty();
    boolean mayDeleteRow = sentOnce && applied.previous() instanceof RowSnapshot.NoRow;
    Hold sent = Hold.acquired(write, validFrom, spec().clockBounds(), mayDeleteRow);
    Hold hold = sent.adoptingTokenOf(applied.previous()).orElse(sent);
    if (applied.previous() instanceof RowSnapshot.UnrecognizedRow unrecognized) {
      return new AcquireStep.Compensate(
          hold.release(now, true),
          new AcquireStep.UnrecognizedRow(attemptWithOrphan(), unrecognized.reason()));
    }
    if (hold.remainingNanos(now) > 0) {
      return new AcquireStep.Acquired(attempt, hold, applied.previous());
    }
    AcquireProtocol abandoned = withAbandonedWrite();
    NextStep next = next(ReplyCase.GRANTED_TOO_LATE, now, immediateSends < MAX_IMMEDIATE_SENDS);
    return new AcquireStep.Compensate(
        hold.release(now, true),
        next == NextStep.SEND_NEW
            ? abandoned.sendNew(context, immediateSends + 1)
            : new AcquireStep.LeaseExpired(abandoned.attempt));
  }

  private AcquireStep rejected(Reply.Rejected rejected, Context context) {
    AcquireProtocol answered = afterRejection(sendState.mayHaveApplied() || rejected.maybeResent());
    return rejected
        .current()
        .fold(
            row ->
                isOwnRow(row)
                    ? granted(new Reply.Applied(row, true), context)
                    : answered.rejectedBy(row, context),
            noRow -> new AcquireStep.UnrecognizedRow(answered.attempt, ROW_NOT_RETURNED),
            unrecognized ->
                new AcquireStep.UnrecognizedRow(answered.attempt, unrecognized.reason()));
  }

  private boolean isOwnRow(LockRow row) {
    RowVersion own = write.row().version();
    return (row.isHeld() && row.version().equals(own)) || row.isRestored(own);
  }

  private AcquireStep rejectedBy(LockRow row, Context context) {
    return row.allowsLargerToken()
        ? blockedBy(row, context)
        : new AcquireStep.UnrecognizedRow(attempt, row.toUnrecognizedRow().reason());
  }

  private AcquireStep blockedBy(LockRow row, Context context) {
    ClockReading now = context.now();
    ReplyCase replyCase = ReplyCase.of(row, takeoverNanos(row, context), now);
    return switch (next(replyCase, now, immediateSends < MAX_IMMEDIATE_SENDS)) {
      case RESEND, SEND_NEW -> sendNew(context, immediateSends + 1);
      case PAUSE -> pause(row, context);
      case END ->
          replyCase == ReplyCase.BLOCKED_BY_COMPLETION
              ? new AcquireStep.Completed(attempt, row)
              : new AcquireStep.Busy(attempt, row);
    };
  }

  private AcquireStep pause(LockRow row, Context context) {
    ClockReading now = context.now();
    long interval = attempt.backoffNanos(now, context.observations(), context.randomSource());
    long roundTrip = now.monotonicNanos() - validFrom.monotonicNanos();
    long clamped = Backoff.clamp(interval, roundTrip, spec().leaseMillis());
    long nanos =
        Backoff.truncate(clamped, takeoverNanos(row, context), attempt.remainingWaitNanos(now));
    return new AcquireStep.Pause(with(attempt.withPause(), unansweredWrite), nanos);
  }

  private long takeoverNanos(LockRow row, Context context) {
    return TakeoverTime.remainingNanos(
        row,
        spec().clockBounds(),
        context.observations().withOrphans(attempt.orphans()),
        context.now());
  }

  private AcquireStep failed(Reply.Failed failed, Context context) {
    ClockReading now = context.now();
    Reply.Failed conclusion = sendState.finalFailure(failed);
    AcquireProtocol abandoned = conclusion.mayHaveApplied() ? withAbandonedWrite() : this;
    return switch (next(ReplyCase.of(failed.kind()), now, mayResend(now))) {
      case RESEND, SEND_NEW -> withSendState(sendState.resend(failed)).send(now);
      case PAUSE -> abandoned.pauseAfterFailure(context);
      case END -> abandoned.endAfterFailure(conclusion, now);
    };
  }

  private AcquireStep pauseAfterFailure(Context context) {
    long interval = Backoff.exponential(attempt.retries() + 1, context.randomSource().jitter());
    long nanos =
        Backoff.truncate(interval, Long.MAX_VALUE, attempt.remainingWaitNanos(context.now()));
    return new AcquireStep.Pause(this, nanos);
  }

  private AcquireStep endAfterFailure(Reply.Failed conclusion, ClockReading now) {
    AcquireStep ended = new AcquireStep.Failed(attempt, conclusion);
    return onInterrupt(now)
        .<AcquireStep>map(release -> new AcquireStep.Compensate(release, ended))
        .orElse(ended);
  }

  private Write releaseOf(Write.Acquire acquire, ClockReading now) {
    return Hold.acquired(acquire, validFrom, spec().clockBounds(), false).release(now, true);
  }

  /** The rejection proves that no unanswered write is in the table, but a copy may still arrive. */
  private AcquireProtocol afterRejection(boolean copyMayArrive) {
    return with(copyMayArrive ? attemptWithOrphan() : attempt, null);
  }

  private AcquireProtocol withAbandonedWrite() {
    return with(attemptWithOrphan(), write);
  }

  private Attempt attemptWithOrphan() {
    return attempt.withOrphans(Set.of(write.row().version().nonce()));
  }

  private AcquireProtocol withSendState(SendState newState) {
    return new AcquireProtocol(
        attempt, write, newState, validFrom, immediateSends, unansweredWrite);
  }

  private AcquireProtocol with(Attempt newAttempt, Write.@Nullable Acquire unanswered) {
    return new AcquireProtocol(newAttempt, write, sendState, validFrom, immediateSends, unanswered);
  }
}
