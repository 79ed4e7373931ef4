package dev.holdfast.demo.cloud;

import dev.holdfast.demo.judge.Entry;
import dev.holdfast.demo.plan.Plan;
import dev.holdfast.demo.plan.PlannedMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Picks one sandbox that has just begun to work on a planned order. For some seconds it insists on
 * an order that will be asked for again about when the lease of a dead holder ends. Thread-safe.
 */
final class Strike {
  private static final Duration CATCH_WITHIN = Duration.ofSeconds(20);
  private static final Duration CHOOSY_FOR = Duration.ofSeconds(3);
  private static final Duration ASKED_AGAIN_FROM = Duration.ofMillis(2_400);
  private static final Duration ASKED_AGAIN_TO = Duration.ofMillis(4_800);

  private final Plan plan;
  private final Duration from;
  private final CompletableFuture<Mishap> mishap = new CompletableFuture<>();
  private @Nullable Entry victim;

  Strike(Plan plan, Duration from) {
    this.plan = plan;
    this.from = from;
  }

  /** Whether this work, begun now, is the one to strike; no other one is afterwards. */
  synchronized boolean picks(String subject, Entry begin, Duration now) {
    if (victim != null || now.compareTo(from) < 0 || !isOrdered(subject)) {
      return false;
    }
    if (now.compareTo(from.plus(CHOOSY_FOR)) < 0 && !isAskedForAgain(subject, now)) {
      return false;
    }
    victim = begin;
    return true;
  }

  synchronized boolean hits(String sandbox) {
    return Optional.ofNullable(victim).filter(v -> v.sandbox().equals(sandbox)).isPresent();
  }

  /** Says that the sandbox was struck. */
  void struck(Mishap what) {
    mishap.complete(what);
  }

  /** Waits until the sandbox was struck. */
  Mishap await(RunClock clock) throws InterruptedException {
    if (!clock.waitUntil(mishap::isDone, from.plus(CATCH_WITHIN))) {
      throw new IllegalStateException(
          "no sandbox began any work within " + CATCH_WITHIN.toSeconds() + " s");
    }
    return mishap.join();
  }

  private boolean isOrdered(String subject) {
    return plan.messages().stream().anyMatch(message -> isAbout(message, subject));
  }

  private boolean isAskedForAgain(String subject, Duration now) {
    return plan.messages().stream()
        .filter(message -> isAbout(message, subject))
        .map(message -> message.sendAt().minus(now))
        .anyMatch(in -> in.compareTo(ASKED_AGAIN_FROM) > 0 && in.compareTo(ASKED_AGAIN_TO) < 0);
  }

  private static boolean isAbout(PlannedMessage message, String subject) {
    return Objects.equals(message.work().subject(), subject);
  }
}
