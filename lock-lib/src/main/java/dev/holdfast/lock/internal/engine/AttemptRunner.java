package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.RandomSource;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.internal.engine.WaitQueue.Waiter;
import dev.holdfast.lock.internal.protocol.AcquireProtocol;
import dev.holdfast.lock.internal.protocol.AcquireSpec;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.CallTimeouts;
import dev.holdfast.lock.internal.protocol.ClockBounds;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import dev.holdfast.lock.internal.protocol.KeyObservations;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.LockStore;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.SendState;
import dev.holdfast.lock.internal.protocol.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Does what the protocol says: reads the clocks, sends, sleeps, and keeps what was learnt. Decides
 * nothing. Thread-safe.
 *
 * @param lockStore where the rows are
 * @param timeSource this host's clocks
 * @param randomSource random draws
 * @param observations what is known of contended keys
 * @param waitQueues who in this JVM holds and waits for what
 * @param clockSkewMonitor what is known of this host's wall clock
 * @param renewalScheduler keeps locks alive that are to be
 * @param notifier who is told what becomes of locks
 */
public record AttemptRunner(
    LockStore lockStore,
    TimeSource timeSource,
    RandomSource randomSource,
    ObservationCache observations,
    WaitQueues waitQueues,
    ClockSkewMonitor clockSkewMonitor,
    RenewalScheduler renewalScheduler,
    ListenerNotifier notifier) {
  public static AttemptRunner forStore(
      LockStore lockStore, TimeSource timeSource, RandomSource randomSource) {
    RenewalScheduler renewalScheduler = new RenewalScheduler(timeSource);
    ClockSkewMonitor clockSkewMonitor = new ClockSkewMonitor();
    return new AttemptRunner(
        lockStore,
        timeSource,
        randomSource,
        new ObservationCache(),
        new WaitQueues(),
        clockSkewMonitor,
        renewalScheduler,
        ListenerNotifier.DISABLED);
  }

  AttemptRunner forStore(LockStore other) {
    return new AttemptRunner(
        other,
        timeSource,
        randomSource,
        observations,
        waitQueues,
        clockSkewMonitor,
        renewalScheduler,
        notifier);
  }

  public AttemptRunner withNotifier(ListenerNotifier other) {
    return new AttemptRunner(
        lockStore,
        timeSource,
        randomSource,
        observations,
        waitQueues,
        clockSkewMonitor,
        renewalScheduler,
        other);
  }

  public AttemptRunner withRenewalScheduler(RenewalScheduler other) {
    return new AttemptRunner(
        lockStore,
        timeSource,
        randomSource,
        observations,
        waitQueues,
        clockSkewMonitor,
        other,
        notifier);
  }

  public AttemptRunner withWaitQueues(WaitQueues other) {
    return new AttemptRunner(
        lockStore,
        timeSource,
        randomSource,
        observations,
        other,
        clockSkewMonitor,
        renewalScheduler,
        notifier);
  }

  public ClockReading now() {
    Instant wallTime = timeSource.wallTime();
    long seconds = TimeUnit.SECONDS.toMicros(wallTime.getEpochSecond());
    long micros = seconds + TimeUnit.NANOSECONDS.toMicros(wallTime.getNano());
    return new ClockReading(micros, timeSource.monotonicNanos());
  }

  /**
   * Runs an attempt to its end: behind those of this JVM who wait already, unless it never waits.
   */
  public AcquireStep.Outcome run(AcquireSpec spec, Attempt.Limits limits)
      throws InterruptedException {
    if (limits.maxWaitNanos() <= 0) {
      return runProtocol(Attempt.start(spec, limits, now()), new Waiter(spec.name()));
    }
    Waiter waiter = waitQueues.enqueue(spec.name());
    try {
      return run(spec, limits, waiter);
    } finally {
      waitQueues.remove(waiter);
    }
  }

  /** Runs an attempt to its end, from a place in line that was taken before. */
  AcquireStep.Outcome run(AcquireSpec spec, Attempt.Limits limits, Waiter waiter)
      throws InterruptedException {
    Attempt attempt = Attempt.start(spec, limits, now());
    Optional<AcquireStep.Outcome> timedOut = new QueuedAttempt(this, waiter, attempt).await();
    return timedOut.isPresent() ? timedOut.get() : runProtocol(attempt, waiter);
  }

  /**
   * Asks the table until there is an outcome. Bounded by the attempt's deadline: between two pauses
   * the protocol asks for a small number of sends.
   */
  private AcquireStep.Outcome runProtocol(Attempt attempt, Waiter waiter)
      throws InterruptedException {
    ClockBounds bounds = attempt.spec().clockBounds();
    ClockReading now = now();
    boolean skewExceeded = checkClockSkew(waiter.name(), now, bounds).isPresent();
    Attempt adjusted = skewExceeded ? attempt.withoutWallClock() : attempt;
    AcquireStep step =
        AcquireProtocol.start(adjusted, now, observations.get(waiter.name()), randomSource);
    while (!(step instanceof AcquireStep.Outcome)) {
      step = execute(step, waiter);
    }
    return recordOutcome(undoIfSkewExceeded((AcquireStep.Outcome) step, bounds));
  }

  /** How far this host's clock certainly is off; told when it is found, not at each look. */
  Optional<Skew> checkClockSkew(String name, ClockReading now, ClockBounds bounds) {
    Optional<Skew> exceeded = clockSkewMonitor.skewExceeded(now, bounds);
    if (clockSkewMonitor.isNewlyExceeded(exceeded.isPresent())) {
      exceeded.ifPresent(skew -> notifier.publishClockSkewExceeded(name, skew.offset()));
    }
    return exceeded;
  }

  /** The reply that grants a lock may be the one that shows that it was won by a wrong clock. */
  private AcquireStep.Outcome undoIfSkewExceeded(AcquireStep.Outcome outcome, ClockBounds bounds) {
    ClockReading now = now();
    Optional<Skew> skewExceeded = checkClockSkew(outcome.attempt().spec().name(), now, bounds);
    if (!(outcome instanceof AcquireStep.Acquired granted) || skewExceeded.isEmpty()) {
      return outcome;
    }
    Attempt ended = granted.attempt();
    granted.hold().undo(granted.previous(), now).ifPresent(write -> abandon(write, ended));
    return new AcquireStep.ClockSkewExceeded(ended, skewExceeded.get());
  }

  private AcquireStep execute(AcquireStep step, Waiter waiter) throws InterruptedException {
    if (step instanceof AcquireStep.Send send) {
      waiter.markRequestSent();
      return executeSend(send);
    }
    if (step instanceof AcquireStep.Pause pause) {
      return executePause(pause, waiter);
    }
    AcquireStep.Compensate abandon = (AcquireStep.Compensate) step;
    abandon(abandon.write(), attemptOf(abandon.then()));
    return abandon.then();
  }

  private static Attempt attemptOf(AcquireStep then) {
    return then instanceof AcquireStep.Send send
        ? send.next().attempt()
        : ((AcquireStep.Outcome) then).attempt();
  }

  private AcquireStep executeSend(AcquireStep.Send send) {
    Reply reply = sendOnce(send.write(), send.timeouts());
    ClockReading received = now();
    String name = send.write().name();
    KeyObservations updated = observations.update(name, known -> known.afterReply(reply, received));
    if (reply instanceof Reply.Rejected rejected && rejected.current() instanceof LockRow row) {
      waitQueues.onRowObserved(row);
    }
    AcquireStep step = send.next().onReply(reply, received, updated, randomSource);
    if (isThrottled(reply) && step instanceof AcquireStep.Pause pause) {
      Duration backoff = Duration.ofNanos(pause.nanos());
      notifier.publishThrottled(name, send.next().attempt().retries() + 1, backoff);
    }
    return step;
  }

  private static boolean isThrottled(Reply reply) {
    return reply instanceof Reply.Failed failed && failed.kind() == Reply.FailureKind.THROTTLED;
  }

  private AcquireStep executePause(AcquireStep.Pause pause, Waiter waiter)
      throws InterruptedException {
    Attempt attempt = pause.next().attempt();
    String name = attempt.spec().name();
    try {
      new QueuedAttempt(this, waiter, attempt).pause(pause.nanos());
    } catch (InterruptedException e) {
      observations.update(name, known -> known.withOrphans(attempt.orphans()));
      pause.next().onInterrupt(now()).ifPresent(write -> abandon(write, attempt));
      throw e;
    }
    return pause.next().onPauseEnd(now(), observations.get(name), randomSource);
  }

  private void abandon(Write write, Attempt attempt) {
    abandon(write, attempt.requestDeadlineNanos());
  }

  /** A release on behalf of nobody: at best it frees the row now, at worst its lease does. */
  void abandon(Write write, long requestDeadlineNanos) {
    long remainingNanos = requestDeadlineNanos - timeSource.monotonicNanos();
    sendUninterruptibly(
        write, CallTimeouts.singleAttempt(write.row().leaseTerm().leaseMillis(), remainingNanos));
  }

  private AcquireStep.Outcome recordOutcome(AcquireStep.Outcome outcome) {
    Attempt ended = outcome.attempt();
    String name = ended.spec().name();
    if (outcome instanceof AcquireStep.Acquired granted) {
      observations.update(name, known -> known.afterAcquire(granted.hold(), ended.orphans()));
      waitQueues.onHoldStarted(granted.hold(), ended.progress().pauses(), now());
    } else if (!ended.orphans().isEmpty()) {
      observations.update(name, known -> known.withOrphans(ended.orphans()));
    }
    return outcome;
  }

  /**
   * Sends a write of a holder; what got lost is asked for once more, also by an interrupted thread,
   * whose interrupt is kept for later.
   */
  Reply sendWithRetry(Write write, long requestDeadlineNanos) {
    SendState sendState = SendState.FIRST;
    Reply reply = sendUninterruptibly(write, requestDeadlineNanos);
    Optional<SendState> resend = sendState.retryAfter(reply);
    while (resend.isPresent()) {
      sendState = resend.get();
      reply = sendState.finalReply(sendUninterruptibly(write, requestDeadlineNanos));
      resend = sendState.retryAfter(reply);
    }
    if (!(write instanceof Write.Renew) && mayHaveApplied(reply)) {
      waitQueues.onHoldEnded(write.row(), now());
    }
    return reply;
  }

  private static boolean mayHaveApplied(Reply reply) {
    return !(reply instanceof Reply.Failed failed) || failed.mayHaveApplied();
  }

  private Reply sendUninterruptibly(Write write, long requestDeadlineNanos) {
    long remainingNanos = requestDeadlineNanos - timeSource.monotonicNanos();
    return sendUninterruptibly(
        write, CallTimeouts.of(write.row().leaseTerm().leaseMillis(), remainingNanos));
  }

  private Reply sendUninterruptibly(Write write, CallTimeouts budget) {
    return Interrupts.callUninterruptibly(() -> sendOnce(write, budget));
  }

  private Reply sendOnce(Write write, CallTimeouts budget) {
    ClockReading before = now();
    LockStore.TimedReply answer = lockStore.send(write, budget);
    clockSkewMonitor.observe(before, now(), answer.serverTimeMillis());
    return answer.reply();
  }
}
