package dev.holdfast.verification.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testkit.wire.FaultProxy;
import dev.holdfast.verification.history.HistoryChecker;
import dev.holdfast.verification.history.HistoryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Runs processes that share three locks, over a network that loses, delays and duplicates requests
 * and replies. Processes are killed and stopped. The history of all processes must be consistent.
 * {@code -Dholdfast.processes.workloads=8 -Dholdfast.processes.incidents=300} makes the test
 * larger. An incident is a kill or a stop, about one a second.
 */
class ProcessHistoryTest {
  private static final int PROCESSES = Integer.getInteger("holdfast.processes.workloads", 3);
  private static final int INCIDENTS = Integer.getInteger("holdfast.processes.incidents", 6);
  private static final long SEED = Long.getLong("holdfast.processes.seed", 1);
  private static final int DELIVERIES_PER_INCIDENT = 10;
  private static final int DELIVERY_INTERVAL_MILLIS = 100;

  private final Random incidents = new Random(SEED);
  private final List<String> lines = new ArrayList<>();
  private final List<JvmProcess> running = new ArrayList<>();
  private int startedCount;
  private int kills;
  private int stops;

  @Test
  void processesUnderFaults_produceConsistentHistory() throws Exception {
    try (ProcessFixture fixture = new ProcessFixture();
        FaultProxy proxy = FaultProxy.start(fixture.server().endpoint())) {
      RandomFaultInjector faultInjector = new RandomFaultInjector(proxy.faults(), new Random(SEED));
      for (int i = 0; i < PROCESSES; i++) {
        running.add(startProcess(fixture, proxy));
      }
      running.forEach(process -> lines.add(process.readReply()));
      for (int i = 0; i < INCIDENTS; i++) {
        faultInjector.scheduleFaults();
        injectIncident(fixture, proxy);
        for (int n = 0; n < DELIVERIES_PER_INCIDENT; n++) {
          WallClock.SYSTEM.sleep(Duration.ofMillis(DELIVERY_INTERVAL_MILLIS));
          faultInjector.deliverSome();
        }
      }
      running.forEach(JvmProcess::resume);
      awaitFault(faultInjector);
      faultInjector.stopFaults();
      running.forEach(JvmProcess::closeStdin);
      running.forEach(process -> lines.addAll(process.remainingLines()));
      checkHistory(fixture, faultInjector);
    }
  }

  /** Waits for the first fault, which a slow machine may not have reached yet. */
  private static void awaitFault(RandomFaultInjector faultInjector) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              faultInjector.deliverSome();
              return faultInjector.injectedCount() > 0;
            });
  }

  private JvmProcess startProcess(ProcessFixture fixture, FaultProxy proxy) {
    String endpoint = proxy.endpoint().toString();
    return fixture.register(
        JvmProcess.start(RandomWorkloadProcess.class, endpoint, Integer.toString(startedCount++)));
  }

  /** Kills one process and starts another, or stops a running process, or resumes a stopped one. */
  private void injectIncident(ProcessFixture fixture, FaultProxy proxy) {
    int index = incidents.nextInt(running.size());
    if (incidents.nextInt(3) == 0) {
      JvmProcess killed = running.get(index);
      killed.kill();
      lines.addAll(killed.remainingLines());
      running.set(index, startProcess(fixture, proxy));
      kills++;
    } else if (incidents.nextBoolean()) {
      running.get(index).stop();
      stops++;
    } else {
      running.forEach(JvmProcess::resume);
    }
  }

  private void checkHistory(ProcessFixture fixture, RandomFaultInjector faultInjector) {
    List<HistoryEvent> events = lines.stream().map(HistoryEvent::parse).toList();
    Map<String, Long> registers = new HashMap<>();
    for (String name : RandomWorkloadProcess.LOCK_NAMES) {
      registers.put(name, new FencedRegister(fixture.client(), name).read());
    }
    List<String> violations = new HistoryChecker(events, registers).violations();
    System.out.printf(
        Locale.ROOT,
        "| history of %d processes | %d killed, %d stopped; %s | acquired %d, written %d, completed"
            + " %d, violations %d |%n",
        PROCESSES,
        kills,
        stops,
        faultInjector,
        count(events, HistoryEvent.Acquired.class),
        count(events, HistoryEvent.Written.class),
        count(events, HistoryEvent.Completed.class),
        violations.size());
    assertThat(violations).as("seed %d", SEED).isEmpty();
    assertThat(kills + stops).isPositive();
    assertThat(count(events, HistoryEvent.Acquired.class)).isGreaterThanOrEqualTo(PROCESSES);
  }

  private static long count(List<HistoryEvent> events, Class<? extends HistoryEvent> type) {
    return events.stream().filter(type::isInstance).count();
  }
}
