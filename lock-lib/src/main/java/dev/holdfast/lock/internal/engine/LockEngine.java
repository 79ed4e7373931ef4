package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.internal.protocol.CallTimeouts;
import dev.holdfast.lock.internal.protocol.ClockBounds;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.LockStore;
import dev.holdfast.lock.internal.protocol.RandomSource;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.SendState;
import dev.holdfast.lock.internal.protocol.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Shared state of one client: its table, its clocks and its observations, with the operations on
 * them that every lock needs. Thread-safe.
 *
 * @param lockStore table that holds the rows
 * @param timeSource this host's clocks
 * @param randomSource source of nonces and jitter
 * @param observations observations of contended locks
 * @param waitQueues local holders and waiters of each lock
 * @param clockSkewMonitor estimate of this host's clock skew
 * @param notifier notifier of the client's listener
 */
record LockEngine(
    LockStore lockStore,
    TimeSource timeSource,
    RandomSource randomSource,
    ObservationCache observations,
    WaitQueues waitQueues,
    ClockSkewMonitor clockSkewMonitor,
    ListenerNotifier notifier) {

  static LockEngine create(
      LockStore lockStore,
      TimeSource timeSource,
      RandomSource randomSource,
      ListenerNotifier notifier) {
    return new LockEngine(
        lockStore,
        timeSource,
        randomSource,
        new ObservationCache(),
        new WaitQueues(),
        new ClockSkewMonitor(),
        notifier);
  }

  LockEngine withNotifier(ListenerNotifier other) {
    return new LockEngine(
        lockStore, timeSource, randomSource, observations, waitQueues, clockSkewMonitor, other);
  }

  LockEngine withWaitQueues(WaitQueues other) {
    return new LockEngine(
        lockStore, timeSource, randomSource, observations, other, clockSkewMonitor, notifier);
  }

  ClockReading now() {
    Instant wallTime = timeSource.wallTime();
    long seconds = TimeUnit.SECONDS.toMicros(wallTime.getEpochSecond());
    long micros = seconds + TimeUnit.NANOSECONDS.toMicros(wallTime.getNano());
    return new ClockReading(micros, timeSource.monotonicNanos());
  }

  /**
   * Returns the skew of this host's clock if it certainly exceeds the bounds. The listener is
   * notified when the skew is first exceeded, and not at every check.
   */
  Optional<Skew> checkClockSkew(String name, ClockReading now, ClockBounds bounds) {
    Optional<Skew> exceeded = clockSkewMonitor.skewExceeded(now, bounds);
    if (clockSkewMonitor.isNewlyExceeded(exceeded.isPresent())) {
      exceeded.ifPresent(skew -> notifier.publishClockSkewExceeded(name, skew.offset()));
    }
    return exceeded;
  }

  /**
   * Releases a row that no caller holds. If the request fails, the row becomes free when its lease
   * expires.
   */
  void abandon(Write write, long requestDeadlineNanos) {
    long leaseMillis = write.row().leaseTerm().leaseMillis();
    long remainingNanos = requestDeadlineNanos - timeSource.monotonicNanos();
    send(write, CallTimeouts.singleAttempt(leaseMillis, remainingNanos));
  }

  /**
   * State of the protocol that sent a write last, and the reply.
   *
   * @param sender the hold or the transfer
   * @param reply the final reply
   */
  record SentWrite<S>(S sender, Reply reply) {}

  /**
   * Sends a write of a holder. If its own row rejects it with a larger token, sends it again with
   * that token.
   *
   * @param toWrite returns the same write for each call
   * @param adopting returns the sender of the write with the larger token; empty if the rejection
   *     is final
   * @param requestDeadlineNanos monotonic time by which every call ends
   * @param retryDeadlineNanos monotonic time after which no third send of a write starts
   */
  <S> SentWrite<S> sendAsHolder(
      S sender,
      Function<S, Write> toWrite,
      BiFunction<S, RowSnapshot, Optional<S>> adopting,
      long requestDeadlineNanos,
      long retryDeadlineNanos) {
    S current = sender;
    Reply reply = sendWithRetry(toWrite.apply(current), requestDeadlineNanos, retryDeadlineNanos);
    for (int adoptions = 0; adoptions < Hold.MAX_ADOPTIONS; adoptions++) {
      Optional<S> adopted =
          reply instanceof Reply.Rejected rejected
              ? adopting.apply(current, rejected.current())
              : Optional.empty();
      if (adopted.isEmpty()) {
        break;
      }
      current = adopted.get();
      reply = sendWithRetry(toWrite.apply(current), requestDeadlineNanos, retryDeadlineNanos);
    }
    Write last = toWrite.apply(current);
    if (!(last instanceof Write.Renew) && mayHaveApplied(reply)) {
      waitQueues.onHoldEnded(last.row(), now());
    }
    return new SentWrite<>(current, reply);
  }

  /**
   * Sends a write of a holder, and sends it again if it failed and a retry may help: at least once,
   * and with a backoff until its retry deadline. The write is sent even if the thread is
   * interrupted. The interrupt is kept, and ends the retries after the second send.
   */
  private Reply sendWithRetry(Write write, long requestDeadlineNanos, long retryDeadlineNanos) {
    SendState sendState = SendState.FIRST;
    Reply reply = send(write, requestDeadlineNanos);
    Optional<SendState> resend = nextSend(write, sendState, reply, retryDeadlineNanos);
    while (resend.isPresent()) {
      backOff(write.name(), sendState, reply, retryDeadlineNanos);
      sendState = resend.get();
      reply = sendState.finalReply(send(write, requestDeadlineNanos));
      resend = nextSend(write, sendState, reply, retryDeadlineNanos);
    }
    return reply;
  }

  private Optional<SendState> nextSend(
      Write write, SendState sendState, Reply reply, long retryDeadlineNanos) {
    boolean hasTimeLeft =
        retryDeadlineNanos - timeSource.monotonicNanos() > 0
            && !Thread.currentThread().isInterrupted()
            && (endsHold(write) || isContention(reply));
    return sendState.retryAfter(reply, hasTimeLeft);
  }

  /**
   * Returns the time after which a holder's write without an effect is given up.
   *
   * @param maxNanos the longest time to retry
   * @param requestDeadlineNanos monotonic time by which every call ends
   */
  long retryDeadline(long maxNanos, long requestDeadlineNanos) {
    long deadlineNanos = timeSource.monotonicNanos() + maxNanos;
    return deadlineNanos - requestDeadlineNanos < 0 ? deadlineNanos : requestDeadlineNanos;
  }

  private void backOff(String name, SendState sendState, Reply reply, long retryDeadlineNanos) {
    if (!(reply instanceof Reply.Failed failed)) {
      return;
    }
    long backoffNanos = sendState.backoffNanos(failed.kind(), randomSource.jitter());
    long leftNanos = retryDeadlineNanos - timeSource.monotonicNanos();
    Duration backoff = Duration.ofNanos(Math.max(0, Math.min(backoffNanos, leftNanos)));
    notifier.publishBackoff(name, failed.kind(), sendState.sends(), backoff);
    try {
      if (!backoff.isZero()) {
        timeSource.sleep(backoff);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether nothing is left to do for the holder until the write is applied. */
  private static boolean endsHold(Write write) {
    return write instanceof Write.End || write instanceof Write.Delete;
  }

  private static boolean isContention(Reply reply) {
    return reply instanceof Reply.Failed failed && failed.kind() == Reply.FailureKind.CONTENTION;
  }

  private static boolean mayHaveApplied(Reply reply) {
    return !(reply instanceof Reply.Failed failed) || failed.mayHaveApplied();
  }

  private Reply send(Write write, long requestDeadlineNanos) {
    long leaseMillis = write.row().leaseTerm().leaseMillis();
    long remainingNanos = requestDeadlineNanos - timeSource.monotonicNanos();
    return send(write, CallTimeouts.of(leaseMillis, remainingNanos));
  }

  private Reply send(Write write, CallTimeouts timeouts) {
    boolean interrupted = Thread.interrupted();
    try {
      ClockReading sent = now();
      LockStore.TimedReply answer = lockStore.send(write, timeouts);
      clockSkewMonitor.observe(sent, now(), answer.serverTimeMillis());
      return answer.reply();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
