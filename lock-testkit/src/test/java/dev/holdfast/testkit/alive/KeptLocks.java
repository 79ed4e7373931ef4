package dev.holdfast.testkit.alive;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.HeldRequest;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A host that keeps locks of 10 s alive, on clocks that the test moves. */
final class KeptLocks {
  static final Duration LEASE = ofSeconds(10);

  /** Within this while each lock is renewed once: the first is due after 2.7 to 3.3 s. */
  static final Duration ONE_RENEWAL = ofMillis(3_334);

  private final Set<Thread> before = holdfastThreads().collect(Collectors.toSet());
  private final List<HeldLock> won = new CopyOnWriteArrayList<>();
  private final List<HeldRequest> late = new CopyOnWriteArrayList<>();

  /** How long each renewal that was throttled is put off, once that is known. */
  final List<Duration> backOffs = new CopyOnWriteArrayList<>();

  final ManualTime time = ManualTime.at(Instant.parse("2040-01-01T12:00:00Z")).blockingSleepers();
  final SimulatedTable table = SimulatedTable.named("locks");
  final Locks locks =
      DynamoDbLocks.on(table, "locks").withTime(time).withLease(LEASE).withListener(backingOff());

  private LockListener backingOff() {
    return new LockListener() {
      @Override
      public void throttled(LockEvent.Throttled event) {
        backOffs.add(event.backOff());
      }
    };
  }

  HeldLock wins(String name) {
    HeldLock lock =
        locks.tryAcquire(name).fold(held -> held, KeptLocks::notFree, KeptLocks::notFree);
    won.add(lock);
    return lock;
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

  /** Lets time pass, and waits until a lock that is kept alive knows that it was renewed. */
  void passesUntilRenewed(HeldLock lock) {
    passes(ONE_RENEWAL);
    awaitRenewed(lock);
  }

  /** The next request is applied, and answered when this host's late answers come. */
  HeldRequest nextAnswersLate() {
    HeldRequest request = table.faults().nextReplyHeld();
    late.add(request);
    return request;
  }

  /** The answers come that were held back. */
  void lateAnswersCome() {
    List<HeldRequest> underWay = late.stream().filter(HeldRequest::isUnderWay).toList();
    late.removeAll(underWay);
    underWay.forEach(HeldRequest::deliver);
  }

  /** Leaves nothing to the tests that follow, also after one that failed. */
  void end() {
    table.faults().clear();
    lateAnswersCome();
    won.forEach(HeldLock::close);
    awaitNoThreads();
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

  /** The names of this host's threads; what others left, who failed, is not told as its own. */
  List<String> threads() {
    return holdfastThreads()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .sorted()
        .toList();
  }

  static Stream<Thread> holdfastThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("holdfast-"));
  }

  void awaitNoThreads() {
    eventually(() -> threads().isEmpty());
  }
}
