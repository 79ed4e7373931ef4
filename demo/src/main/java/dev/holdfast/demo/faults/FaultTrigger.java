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
 * Picks one sandbox that has just begun to work on a planned order. For some seconds it insists on
 * an order that will be asked for again about when the lease of a dead holder ends. Thread-safe.
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

  /** Whether this work, begun now, is the one to strike; no other one is afterwards. */
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

  /** Says that the sandbox was struck. */
  void complete(InjectedFault injected) {
    fault.complete(injected);
  }

  /** Waits until the sandbox was struck. */
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
