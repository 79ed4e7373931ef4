package dev.holdfast.testkit.alive;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/** A host that keeps locks of 10 s alive, on clocks that the test moves. */
final class KeptLocks {
  static final Duration LEASE = ofSeconds(10);

  /** Within this while each lock is renewed once: the first is due after 2.7 to 3.3 s. */
  static final Duration ONE_RENEWAL = ofMillis(3_334);

  final ManualTime time = ManualTime.at(Instant.parse("2040-01-01T12:00:00Z")).blockingSleepers();
  final SimulatedTable table = SimulatedTable.named("locks");
  final Locks locks = DynamoDbLocks.on(table, "locks").withTime(time).withLease(LEASE);

  HeldLock wins(String name) {
    return locks.tryAcquire(name).fold(lock -> lock, KeptLocks::notFree, KeptLocks::notFree);
  }

  private static HeldLock notFree(Object other) {
    throw new IllegalStateException("must be free, got " + other);
  }

  int puts() {
    return table.counts().puts();
  }

  /** Lets time pass, once whoever looks after the locks waits for it. */
  void passes(Duration duration) {
    eventually(() -> time.sleepers() == 1);
    time.advance(duration);
  }

  /** Lets time pass, and waits until this many PutItems in all were answered. */
  void passesUntilPuts(Duration duration, int puts) {
    passes(duration);
    eventually(() -> puts() >= puts);
  }

  /** A renewal is answered by the table before its lock knows: no instant is right to look. */
  static void awaitRenewed(HeldLock lock) {
    eventually(() -> lock.remaining().compareTo(ofSeconds(9)) > 0);
  }

  static void eventually(Callable<Boolean> condition) {
    await()
        .atMost(ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(ofMillis(2))
        .until(condition);
  }

  static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("holdfast-"))
        .sorted()
        .toList();
  }

  static void awaitNoThreads() {
    eventually(() -> threads().isEmpty());
  }
}
