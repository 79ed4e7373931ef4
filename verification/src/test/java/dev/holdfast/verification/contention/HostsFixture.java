package dev.holdfast.verification.contention;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.verification.support.SeededRandomSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Hosts in virtual time whose threads acquire {@code order-42}, and the order of the acquisitions.
 */
final class HostsFixture {
  static final Duration LEASE_DURATION = ofSeconds(5);
  private static final Duration ROUND_TRIP = ofMillis(10);

  final VirtualTimeSource time = new VirtualTimeSource();
  final ContentionMeter meter = new ContentionMeter();
  private final SimulatedTable table = SimulatedTable.named("locks");
  final LockClient firstHost = newHost(1);
  private final List<Integer> acquisitionOrder = new ArrayList<>();

  LockClient newHost(int number) {
    return newHost(number, Duration.ZERO);
  }

  /** Returns a host that receives rejections with an additional delay. */
  LockClient newHost(int number, Duration rejectionDelay) {
    LatencyDynamoDbClient latencyClient =
        new LatencyDynamoDbClient(table, time, ROUND_TRIP.dividedBy(2), rejectionDelay, meter);
    return DynamoDbLockClient.create(latencyClient, "locks")
        .withTimeSource(time)
        .withRandomSource(SeededRandomSource.ofHost(number, 1))
        .withLeaseDuration(LEASE_DURATION)
        .withMaxWait(Duration.ofMinutes(5));
  }

  synchronized void recordAcquisition(int number) {
    acquisitionOrder.add(number);
  }

  synchronized List<Integer> acquisitionOrder() {
    return List.copyOf(acquisitionOrder);
  }

  Callable<Void> startAfter(Duration delay, Callable<Void> work) {
    return () -> {
      time.sleep(delay);
      return work.call();
    };
  }

  Callable<Void> worker(int number, LockClient lockClient, Duration hold) {
    return () -> {
      try (HeldLock lock = lockClient.acquire("order-42")) {
        recordAcquisition(number);
        time.sleep(hold);
        lock.ensureHeld();
      }
      return null;
    };
  }

  static Throwable catchFailure(Callable<?> work) {
    try {
      work.call();
    } catch (Exception e) {
      return e;
    }
    throw new AssertionError("did not fail");
  }
}
