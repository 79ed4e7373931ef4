package dev.holdfast.testkit.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * Holders are stopped for one to three leases, while another process takes over, and then go on as
 * if nothing had happened. {@code -Dholdfast.processes.stops=200} stops more.
 */
class StoppedHoldersTest {
  private static final int STOPS = Integer.getInteger("holdfast.processes.stops", 2);
  private static final int LANES = STOPS < 20 ? 2 : 8;
  private static final Map<String, String> RIGHT =
      Map.of("held", "no", "write", "refused", "successor writes", "written");

  @Test
  void whoeverWakesUp_doesNotBelieve_andCannotWrite() throws Exception {
    List<Map<String, String>> seen = new CopyOnWriteArrayList<>();

    try (Machine machine = new Machine()) {
      Machine.sideBySide(LANES, lane -> stopAgainAndAgain(machine, lane, seen));
    }

    assertThat(seen).hasSize(STOPS).containsOnly(RIGHT);
    System.out.printf(
        Locale.ROOT,
        "| stopped for 1 to 3 leases | %d | held after waking 0, writes of sleepers let in 0 |%n",
        seen.size());
  }

  private static void stopAgainAndAgain(Machine machine, int lane, List<Map<String, String>> seen)
      throws InterruptedException {
    Random random = new Random(lane);
    try (Peer sleeper = machine.holding("sleeper-" + lane);
        Peer successor = machine.holding("successor-" + lane)) {
      sleeper.answer();
      successor.answer();
      for (int i = lane; i < STOPS; i += LANES) {
        long millis = Holding.LEASE.toMillis() * (1_000 + random.nextInt(2_000)) / 1_000;
        seen.add(stopped(sleeper, successor, "lane-" + lane + "-" + i, millis));
      }
    }
  }

  private static Map<String, String> stopped(Peer sleeper, Peer successor, String name, long millis)
      throws InterruptedException {
    sleeper.ask("acquire " + name);
    sleeper.ask("raise");
    sleeper.stop();
    long began = Clocks.micros();
    successor.ask("acquire " + name);
    successor.ask("raise");
    long left = millis - (Clocks.micros() - began) / 1_000;
    if (left > 0) {
      Clocks.REAL.sleep(Duration.ofMillis(left));
    }
    sleeper.order("held");
    sleeper.order("write");
    sleeper.resume();
    Map<String, String> seen =
        Map.of(
            "held", sleeper.answer(),
            "write", sleeper.answer(),
            "successor writes", successor.ask("write"));
    successor.ask("release");
    return seen;
  }
}
