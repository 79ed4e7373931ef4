package dev.holdfast.testkit.crowd;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Hosts in virtual time, whose threads want {@code order-42}, and who was served, in order. */
final class Hosts {
  static final Duration LEASE = ofSeconds(5);
  private static final Duration ROUND_TRIP = ofMillis(10);

  final VirtualTime time = new VirtualTime();
  final Meter meter = new Meter();
  private final SimulatedTable table = SimulatedTable.named("locks");
  final Locks one = host(1);
  private final List<Integer> served = new ArrayList<>();

  Locks host(int number) {
    return host(number, Duration.ZERO);
  }

  /** One that hears of a refusal later than of anything else. */
  Locks host(int number, Duration refusalLonger) {
    Gate gate = new Gate(table, time, ROUND_TRIP.dividedBy(2), refusalLonger, meter);
    return DynamoDbLocks.on(gate, "locks")
        .withTime(time)
        .withDraws(new SeededDraws(number, 1))
        .withLease(LEASE)
        .withWaitUpTo(Duration.ofMinutes(5));
  }

  synchronized void serve(int number) {
    served.add(number);
  }

  synchronized List<Integer> served() {
    return List.copyOf(served);
  }

  Callable<Void> after(Duration start, Callable<Void> work) {
    return () -> {
      time.sleep(start);
      return work.call();
    };
  }

  Callable<Void> worker(int number, Locks mine, Duration hold) {
    return () -> {
      try (HeldLock lock = mine.acquire("order-42")) {
        serve(number);
        time.sleep(hold);
        lock.ensureHeld();
      }
      return null;
    };
  }

  static Throwable failure(Callable<?> work) {
    try {
      work.call();
    } catch (Exception e) {
      return e;
    }
    throw new AssertionError("did not fail");
  }
}
