package dev.holdfast.testkit.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testkit.history.History;
import dev.holdfast.testkit.history.Said;
import dev.holdfast.testkit.wire.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Processes share three locks while requests and replies get lost, come late or twice, and while
 * processes are killed and stopped; then what all of them said must fit together. {@code
 * -Dholdfast.processes.wanderers=8 -Dholdfast.processes.incidents=300} makes it larger: an incident
 * is a kill or a stop, about one a second.
 */
class ProcessHistoryTest {
  private static final int WANDERERS = Integer.getInteger("holdfast.processes.wanderers", 3);
  private static final int INCIDENTS = Integer.getInteger("holdfast.processes.incidents", 6);
  private static final long SEED = Long.getLong("holdfast.processes.seed", 1);
  private static final int DELIVERIES_PER_INCIDENT = 10;
  private static final int BETWEEN_MILLIS = 100;

  private final Random incidents = new Random(SEED);
  private final List<String> lines = new ArrayList<>();
  private final List<Peer> running = new ArrayList<>();
  private int started;
  private int kills;
  private int stops;

  @Test
  void whatAllProcessesSaid_fitsTogether() throws Exception {
    try (Machine machine = new Machine();
        FaultProxy proxy = FaultProxy.inFrontOf(machine.server().endpoint())) {
      Weather weather = new Weather(proxy.faults(), new Random(SEED));
      for (int i = 0; i < WANDERERS; i++) {
        running.add(wandering(machine, proxy));
      }
      running.forEach(peer -> lines.add(peer.answer()));
      for (int i = 0; i < INCIDENTS; i++) {
        weather.goOn();
        incident(machine, proxy);
        for (int n = 0; n < DELIVERIES_PER_INCIDENT; n++) {
          Clocks.REAL.sleep(Duration.ofMillis(BETWEEN_MILLIS));
          weather.deliverSome();
        }
      }
      running.forEach(Peer::resume);
      awaitAFault(weather);
      weather.calm();
      running.forEach(Peer::noMoreOrders);
      running.forEach(peer -> lines.addAll(peer.rest()));
      judge(machine, weather);
    }
  }

  /** On a slow machine there may have been none yet. */
  private static void awaitAFault(Weather weather) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              weather.deliverSome();
              return weather.injected() > 0;
            });
  }

  private Peer wandering(Machine machine, FaultProxy proxy) {
    String endpoint = proxy.endpoint().toString();
    return machine.started(Peer.start(Wandering.class, endpoint, Integer.toString(started++)));
  }

  /** Kills one and starts another, or stops one that ran, or lets one go on that was stopped. */
  private void incident(Machine machine, FaultProxy proxy) {
    int which = incidents.nextInt(running.size());
    if (incidents.nextInt(3) == 0) {
      Peer killed = running.get(which);
      killed.kill();
      lines.addAll(killed.rest());
      running.set(which, wandering(machine, proxy));
      kills++;
    } else if (incidents.nextBoolean()) {
      running.get(which).stop();
      stops++;
    } else {
      running.forEach(Peer::resume);
    }
  }

  private void judge(Machine machine, Weather weather) {
    List<Said> said = lines.stream().map(Said::parse).toList();
    Map<String, Long> counted = new HashMap<>();
    for (String name : Wandering.NAMES) {
      counted.put(name, new Register(machine.client(), name).read());
    }
    List<String> wrong = new History(said, counted).wrong();
    System.out.printf(
        Locale.ROOT,
        "| history of %d processes | %d killed, %d stopped; %s | granted %d, written %d, completed"
            + " %d, wrong %d |%n",
        WANDERERS,
        kills,
        stops,
        weather,
        number(said, Said.Granted.class),
        number(said, Said.Written.class),
        number(said, Said.Completed.class),
        wrong.size());
    assertThat(wrong).as("seed %d", SEED).isEmpty();
    assertThat(kills + stops).isPositive();
    assertThat(number(said, Said.Granted.class)).isGreaterThanOrEqualTo(WANDERERS);
  }

  private static long number(List<Said> said, Class<? extends Said> kind) {
    return said.stream().filter(kind::isInstance).count();
  }
}
