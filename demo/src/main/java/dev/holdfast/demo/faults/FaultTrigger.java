package dev.holdfast.demo.faults;

import dev.holdfast.demo.checker.LedgerEntry;
import dev.holdfast.demo.concurrent.RunClock;
import dev.holdfast.demo.workload.Workload;
import dev.holdfast.demo.workload.WorkloadMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Selects one execution environment that has just started a step of a planned order. For the first
 * seconds, it selects only an order whose next message arrives about when the lease of a crashed
 * holder expires. Thread-safe.
 */
final class FaultTrigger {
  private static final Duration SELECTION_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration PREFERENCE_PERIOD = Duration.ofSeconds(3);
  private static final Duration MIN_NEXT_MESSAGE_DELAY = Duration.ofMillis(2_400);
  private static final Duration MAX_NEXT_MESSAGE_DELAY = Duration.ofMillis(4_800);

  private final Workload workload;
  private final Duration earliest;
  private final CompletableFuture<InjectedFault> fault = new CompletableFuture<>();
  private @Nullable LedgerEntry selected;

  FaultTrigger(Workload workload, Duration earliest) {
    this.workload = workload;
    this.earliest = earliest;
  }

  /** Selects the step of a start entry, if it qualifies and no other step was selected before. */
  synchronized boolean trySelect(String subject, LedgerEntry startEntry, Duration now) {
    if (selected != null || now.compareTo(earliest) < 0 || !isOrder(subject)) {
      return false;
    }
    if (now.compareTo(earliest.plus(PREFERENCE_PERIOD)) < 0 && !hasNextMessageSoon(subject, now)) {
      return false;
    }
    selected = startEntry;
    return true;
  }

  synchronized boolean hasSelected(String environment) {
    return Optional.ofNullable(selected)
        .filter(startEntry -> startEntry.environment().equals(environment))
        .isPresent();
  }

  /** Records that the fault has been injected. */
  void complete(InjectedFault injected) {
    fault.complete(injected);
  }

  /** Waits until the fault has been injected. */
  InjectedFault await(RunClock clock) throws InterruptedException {
    if (!clock.waitUntil(fault::isDone, earliest.plus(SELECTION_TIMEOUT))) {
      throw new IllegalStateException(
          "no execution environment started work within " + SELECTION_TIMEOUT.toSeconds() + " s");
    }
    return fault.join();
  }

  private boolean isOrder(String subject) {
    return workload.messages().stream().anyMatch(message -> hasSubject(message, subject));
  }

  private boolean hasNextMessageSoon(String subject, Duration now) {
    return workload.messages().stream()
        .filter(message -> hasSubject(message, subject))
        .map(message -> message.sendAt().minus(now))
        .anyMatch(
            delay ->
                delay.compareTo(MIN_NEXT_MESSAGE_DELAY) > 0
                    && delay.compareTo(MAX_NEXT_MESSAGE_DELAY) < 0);
  }

  private static boolean hasSubject(WorkloadMessage message, String subject) {
    return Objects.equals(message.workItem().subject(), subject);
  }
}
