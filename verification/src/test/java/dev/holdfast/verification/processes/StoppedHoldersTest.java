package dev.holdfast.verification.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * Stops holders for one to three leases, while another process takes over, and then resumes them.
 * {@code -Dholdfast.processes.stops=200} sets the number of stops.
 */
class StoppedHoldersTest {
  private static final int STOPS = Integer.getInteger("holdfast.processes.stops", 2);
  private static final int PARALLELISM = STOPS < 20 ? 2 : 8;
  private static final Map<String, String> EXPECTED =
      Map.of("is-held", "no", "write", "refused", "successor writes", "written");

  @Test
  void resumedHolder_afterTakeover_isNotHeld_andItsWriteIsRefused() throws Exception {
    List<Map<String, String>> results = new CopyOnWriteArrayList<>();

    try (ProcessFixture fixture = new ProcessFixture()) {
      ProcessFixture.runInParallel(
          PARALLELISM, index -> stopHoldersRepeatedly(fixture, index, results));
    }

    assertThat(results).hasSize(STOPS).containsOnly(EXPECTED);
    System.out.printf(
        Locale.ROOT,
        "| stopped for 1 to 3 leases | %d | held after resuming 0, writes of resumed holders accepted 0 |%n",
        results.size());
  }

  private static void stopHoldersRepeatedly(
      ProcessFixture fixture, int index, List<Map<String, String>> results)
      throws InterruptedException {
    Random random = new Random(index);
    try (JvmProcess stoppedHolder = fixture.startHolder("sleeper-" + index);
        JvmProcess successor = fixture.startHolder("successor-" + index)) {
      stoppedHolder.readReply();
      successor.readReply();
      for (int i = index; i < STOPS; i += PARALLELISM) {
        long millis =
            HolderProcess.LEASE_DURATION.toMillis() * (1_000 + random.nextInt(2_000)) / 1_000;
        results.add(stopAndTakeOver(stoppedHolder, successor, "round-" + index + "-" + i, millis));
      }
    }
  }

  private static Map<String, String> stopAndTakeOver(
      JvmProcess stoppedHolder, JvmProcess successor, String name, long millis)
      throws InterruptedException {
    stoppedHolder.execute("acquire " + name);
    stoppedHolder.execute("advance-fence");
    stoppedHolder.stop();
    long startMicros = WallClock.nowMicros();
    successor.execute("acquire " + name);
    successor.execute("advance-fence");
    long remainingMillis = millis - (WallClock.nowMicros() - startMicros) / 1_000;
    if (remainingMillis > 0) {
      WallClock.SYSTEM.sleep(Duration.ofMillis(remainingMillis));
    }
    stoppedHolder.sendCommand("is-held");
    stoppedHolder.sendCommand("write");
    stoppedHolder.resume();
    Map<String, String> result =
        Map.of(
            "is-held", stoppedHolder.readReply(),
            "write", stoppedHolder.readReply(),
            "successor writes", successor.execute("write"));
    successor.execute("release");
    return result;
  }
}
