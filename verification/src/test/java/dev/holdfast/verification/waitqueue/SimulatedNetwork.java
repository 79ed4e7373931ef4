package dev.holdfast.verification.waitqueue;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.PendingDelivery;
import dev.holdfast.verification.support.RandomFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random faults and latencies of requests, drawn from the seed. Used by one thread at a time. */
final class SimulatedNetwork {
  private static final int[] REQUESTS_PER_FAULT = {8, 15, 200};
  private static final int REQUESTS_PER_OUTAGE = 200;
  private static final int MAX_OUTAGE_MILLIS = 3_000;
  private static final int MAX_DELAY_MILLIS = 8_000;
  private static final int[] MAX_LATENCY_MICROS = {2_000, 15_000, 60_000};
  private static final int MIN_LATENCY_MICROS = 500;

  private final TimeSource timeSource;
  private final Random random;
  private final FaultInjector faults;
  private final EventStatistics statistics;
  private final int requestsPerFault;
  private final int maxLatencyMicros;
  private final List<DelayedRequest> inFlight = new ArrayList<>();
  private Fault outage = Fault.NONE;
  private long outageEndNanos;
  private boolean stopFaults;

  /** A request that arrives after its client has timed out. */
  private record DelayedRequest(PendingDelivery request, long dueNanos) {
    boolean isDue(long now) {
      return request.isSent() && now >= dueNanos;
    }
  }

  SimulatedNetwork(
      TimeSource timeSource, Random random, FaultInjector faults, EventStatistics statistics) {
    this.timeSource = timeSource;
    this.random = random;
    this.faults = faults;
    this.statistics = statistics;
    this.requestsPerFault = REQUESTS_PER_FAULT[random.nextInt(REQUESTS_PER_FAULT.length)];
    this.maxLatencyMicros = MAX_LATENCY_MICROS[random.nextInt(MAX_LATENCY_MICROS.length)];
  }

  /** Returns a random latency of a request or a reply. */
  Duration oneWayLatency() {
    int micros = MIN_LATENCY_MICROS + random.nextInt(maxLatencyMicros);
    return Duration.ofNanos(micros * 1_000L);
  }

  /** Returns whether the request of an interrupted client reaches the table. */
  boolean deliversInterruptedRequest() {
    return random.nextBoolean();
  }

  /** Schedules the fault of the next request that reaches the table. */
  void scheduleNextFault() {
    long now = timeSource.monotonicNanos();
    if (stopFaults) {
      return;
    }
    if (now >= outageEndNanos && random.nextInt(REQUESTS_PER_OUTAGE) == 0) {
      statistics.count(Event.OUTAGE);
      outage = RandomFaults.choose(random, RandomFaults.OUTAGES);
      outageEndNanos = now + toNanos(random.nextInt(MAX_OUTAGE_MILLIS));
    }
    if (now < outageEndNanos) {
      faults.next(outage);
    } else if (random.nextInt(requestsPerFault) == 0) {
      scheduleFault(RandomFaults.choose(random, RandomFaults.SINGLE_REQUEST), now);
    } else {
      faults.nextPasses();
    }
  }

  private void scheduleFault(Fault fault, long now) {
    long dueNanos = now + toNanos(random.nextInt(MAX_DELAY_MILLIS));
    RandomFaults.scheduleNext(faults, fault)
        .ifPresent(delivery -> inFlight.add(new DelayedRequest(delivery, dueNanos)));
  }

  private static long toNanos(int millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  /** Delivers the requests and copies that are due, in the order in which they were sent. */
  void deliverDueRequests() {
    long now = timeSource.monotonicNanos();
    List<DelayedRequest> due = inFlight.stream().filter(delayed -> delayed.isDue(now)).toList();
    inFlight.removeAll(due);
    for (DelayedRequest delayed : due) {
      statistics.count(Event.DELIVERED_LATE);
      delayed.request().deliver();
    }
  }

  /** Stops all faults, except for requests that are already delayed. */
  void stopFaults() {
    stopFaults = true;
  }
}
