package dev.holdfast.verification.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * Kills holders with {@code kill -9} during a hold, while another process waits. {@code
 * -Dholdfast.processes.kills=100} sets the number of kills. {@code -Dholdfast.processes.late=100}
 * also limits the lateness of the next holder, in milliseconds, on a machine that is not busy.
 */
class KilledHoldersTest {

  private static final int KILLS = Integer.getInteger("holdfast.processes.kills", 2);
  private static final int PARALLELISM = KILLS < 20 ? 2 : 4;
  private static final long MAX_LATE_MILLIS =
      Long.getLong("holdfast.processes.late", Long.MAX_VALUE / 1_000);

  /**
   * Times of one takeover, in microseconds.
   *
   * @param requestedAfterExpiry from the end of the lease to the request of the successful attempt
   * @param repliedAfterMaxSkew from the end of the lease plus the maximum clock skew to the reply
   */
  private record Takeover(long requestedAfterExpiry, long repliedAfterMaxSkew) {}

  @Test
  void takeover_afterKill_neverPrecedesLeaseExpiry() throws Exception {
    List<Takeover> takeovers = new CopyOnWriteArrayList<>();

    try (ProcessFixture fixture = new ProcessFixture()) {
      ProcessFixture.runInParallel(
          PARALLELISM, index -> killHoldersSequentially(fixture, index, takeovers));
    }

    long earlyCount =
        takeovers.stream().filter(takeover -> takeover.requestedAfterExpiry() < 0).count();
    long latestMicros =
        takeovers.stream().mapToLong(Takeover::repliedAfterMaxSkew).max().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "| kill -9 of a holder | %d | early %d, late at most %.3f s |%n",
        takeovers.size(),
        earlyCount,
        latestMicros / 1e6);
    assertThat(takeovers).hasSize(KILLS);
    assertThat(earlyCount).as("took over before the lease was over: %s", takeovers).isZero();
    assertThat(latestMicros / 1_000).as("late, in ms").isLessThanOrEqualTo(MAX_LATE_MILLIS);
  }

  private static void killHoldersSequentially(
      ProcessFixture fixture, int index, List<Takeover> takeovers) {
    try (JvmProcess successor = fixture.startHolder("next-" + index)) {
      successor.readReply();
      for (int i = index; i < KILLS; i += PARALLELISM) {
        try (JvmProcess victim = fixture.startHolder("victim-" + index + "-" + i)) {
          victim.readReply();
          takeovers.add(killAndTakeOver(fixture, victim, successor, "round-" + index + "-" + i));
        }
      }
    }
  }

  private static Takeover killAndTakeOver(
      ProcessFixture fixture, JvmProcess victim, JvmProcess successor, String name) {
    victim.execute("acquire " + name);
    long leaseEndMicros = fixture.leaseEndMicros(name);
    successor.sendCommand("acquire " + name);
    victim.kill();
    successor.readReply();
    long repliedMicros = WallClock.nowMicros();
    long requestedMicros = Long.parseLong(successor.execute("last-put"));
    successor.execute("release");
    return new Takeover(
        requestedMicros - leaseEndMicros,
        repliedMicros - leaseEndMicros - HolderProcess.MAX_SKEW.toNanos() / 1_000);
  }
}
