package dev.holdfast.verification.keepalive;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.PendingDelivery;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A host that keeps locks of 10 s alive, with clocks that the test advances. */
final class KeepAliveFixture {
  static final Duration LEASE_DURATION = ofSeconds(10);

  /**
   * An interval in which each lock is renewed once. The first renewal is due after 2.7 to 3.3 s.
   */
  static final Duration RENEWAL_INTERVAL = ofMillis(3_334);

  private final Set<Thread> threadsBefore = holdfastThreads().collect(Collectors.toSet());
  private final List<HeldLock> acquired = new CopyOnWriteArrayList<>();
  private final List<PendingDelivery> delayedReplies = new CopyOnWriteArrayList<>();

  /** The delay after each throttled renewal, once it is known. */
  final List<Duration> backoffs = new CopyOnWriteArrayList<>();

  final ManualClock time =
      ManualClock.at(Instant.parse("2040-01-01T12:00:00Z")).withBlockingSleep();
  final SimulatedTable table = SimulatedTable.named("locks");
  final LockClient lockClient =
      DynamoDbLockClient.create(table, "locks")
          .withTimeSource(time)
          .withLeaseDuration(LEASE_DURATION)
          .withListener(backoffRecorder());

  private LockListener backoffRecorder() {
    return new LockListener() {
      @Override
      public void onThrottled(LockEvent.Throttled event) {
        backoffs.add(event.backoff());
      }
    };
  }

  HeldLock acquire(String name) {
    HeldLock lock =
        lockClient
            .tryAcquire(name)
            .fold(held -> held, KeepAliveFixture::notFree, KeepAliveFixture::notFree);
    acquired.add(lock);
    return lock;
  }

  private static HeldLock notFree(Object other) {
    throw new IllegalStateException("must be free, got " + other);
  }

  int putCount() {
    return table.counts().puts();
  }

  /** Advances the time, once the renewal thread waits for it. */
  void advance(Duration duration) {
    eventually(() -> time.sleepingThreads() == 1);
    time.advance(duration);
  }

  /**
   * Advances the time, and waits until the table has answered this number of PutItem requests in
   * total.
   */
  void advanceUntilPuts(Duration duration, int puts) {
    advance(duration);
    eventually(() -> putCount() >= puts);
  }

  /** Advances the time, and waits until a lock that is kept alive is renewed. */
  void advanceUntilRenewed(HeldLock lock) {
    advance(RENEWAL_INTERVAL);
    awaitRenewed(lock);
  }

  /** Applies the next request and delays its reply until the delayed replies are delivered. */
  PendingDelivery delayNextReply() {
    PendingDelivery request = table.faults().nextReplyDelayed();
    delayedReplies.add(request);
    return request;
  }

  /** Delivers the delayed replies. */
  void deliverDelayedReplies() {
    List<PendingDelivery> underWay =
        delayedReplies.stream().filter(PendingDelivery::isSent).toList();
    delayedReplies.removeAll(underWay);
    underWay.forEach(PendingDelivery::deliver);
  }

  /** Releases all resources, so that a failed test does not affect the next one. */
  void tearDown() {
    table.faults().clear();
    deliverDelayedReplies();
    acquired.forEach(HeldLock::close);
    awaitNoThreads();
  }

  /**
   * Waits for a renewal. The table answers before the lock knows, so that no fixed instant is right
   * to check.
   */
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

  /** Returns the names of this host's threads, without those that a failed test has left. */
  List<String> ownThreadNames() {
    return holdfastThreads()
        .filter(thread -> !threadsBefore.contains(thread))
        .map(Thread::getName)
        .sorted()
        .toList();
  }

  static Stream<Thread> holdfastThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("holdfast-"));
  }

  void awaitNoThreads() {
    eventually(() -> ownThreadNames().isEmpty());
  }
}
