package dev.holdfast.verification.simulation;

import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.verification.support.Invariant;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Makes calls and counts the expected failures. */
record CallRunner(
    SafetyChecker checker, SimulatedNetwork network, EventStatistics statistics, int maxAttempts) {
  private static final Map<Class<?>, Event> FAILURES =
      Map.of(
          LockAccessDeniedException.class, Event.DENIED,
          ClockSkewException.class, Event.CLOCK_SKEW_EXCEEDED,
          LockTableUnreachableException.class, Event.UNREACHABLE,
          LockThrottledException.class, Event.THROTTLED,
          LockOutcomeUnknownException.class, Event.OUTCOME_UNKNOWN,
          LockLostException.class, Event.LOST,
          LockClosedException.class, Event.ALREADY_CLOSED,
          TransferRefusedException.class, Event.TRANSFER_REFUSED);

  /** Makes a call by which a host acquires a lock. */
  void run(Host host, Runnable call) {
    int interleavedBefore = network.interleavedCount();
    long skewBefore = host.clock().skewNanos();
    runCatching(
        () -> {
          try {
            call.run();
          } catch (ClockSkewException e) {
            if (network.interleavedCount() == interleavedBefore) {
              checker.clockSkewChecker().checkSkewReport(host, skewBefore, e.skew());
            }
            throw e;
          }
        });
  }

  /** Makes a call on acquired locks. */
  void run(Runnable call) {
    runCatching(call);
  }

  /** Makes a call and returns its failure; empty if it succeeds. */
  private Optional<Event> runCatching(Runnable call) {
    try {
      call.run();
      return Optional.empty();
    } catch (LockException e) {
      Event event = FAILURES.get(e.getClass());
      if (event == null) {
        throw e;
      }
      statistics.count(event);
      return Optional.of(event);
    }
  }

  /**
   * Makes a call on a held lock. The call must send few requests, unless it adopts a token, and
   * must not change a successor's row.
   */
  void run(TrackedLock trackedLock, Runnable call) {
    TableRow rowBefore = checker.row();
    int attemptsBefore = network.attempts();
    int adoptedBefore = statistics.countOf(Event.TOKEN_ADOPTED);
    int interleavedBefore = network.interleavedCount();
    Duration remainingBefore = trackedLock.remaining();
    Optional<Event> failure = runCatching(() -> trackedLock.runCall(call));
    if (network.interleavedCount() == interleavedBefore) {
      checker.checkOtherRowUnchanged(rowBefore, trackedLock);
      if (failure.equals(Optional.of(Event.LOST))) {
        checker.checkLossIsReal(rowBefore, trackedLock, remainingBefore);
      }
      int writes = 1 + statistics.countOf(Event.TOKEN_ADOPTED) - adoptedBefore;
      Invariant.require(
          network.attempts() - attemptsBefore <= writes * maxAttempts,
          "too many attempts of one call",
          trackedLock.holder());
    }
    if (failure.equals(Optional.of(Event.ALREADY_CLOSED))) {
      trackedLock.markEnded();
    }
    if (failure.equals(Optional.of(Event.LOST))) {
      checker.checkNotHeldAfterLoss(trackedLock);
    }
  }
}
