package dev.holdfast.testkit.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * Holders are killed in the middle of a hold, by kill -9, while another process waits. {@code
 * -Dholdfast.processes.kills=100} kills more. {@code -Dholdfast.processes.late=100} also bounds by
 * how many milliseconds the next one may be late, on a machine that has time.
 */
class KilledHoldersTest {

  private static final int KILLS = Integer.getInteger("holdfast.processes.kills", 2);
  private static final int LANES = KILLS < 20 ? 2 : 4;
  private static final long LATE_MILLIS_MAX =
      Long.getLong("holdfast.processes.late", Long.MAX_VALUE / 1_000);

  /**
   * What came of one kill, in microseconds.
   *
   * @param asked from the end of the lease to the try that won
   * @param answered from the end of the lease and of the skew bound to its answer
   */
  private record Succession(long asked, long answered) {}

  @Test
  void theNextHolder_isNeverEarly() throws Exception {
    List<Succession> seen = new CopyOnWriteArrayList<>();

    try (Machine machine = new Machine()) {
      Machine.sideBySide(LANES, lane -> killOneAfterTheOther(machine, lane, seen));
    }

    long early = seen.stream().filter(each -> each.asked() < 0).count();
    long latest = seen.stream().mapToLong(Succession::answered).max().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "| kill -9 of a holder | %d | early %d, late at most %.3f s |%n",
        seen.size(),
        early,
        latest / 1e6);
    assertThat(seen).hasSize(KILLS);
    assertThat(early).as("took over before the lease was over: %s", seen).isZero();
    assertThat(latest / 1_000).as("late, in ms").isLessThanOrEqualTo(LATE_MILLIS_MAX);
  }

  private static void killOneAfterTheOther(Machine machine, int lane, List<Succession> seen) {
    try (Peer next = machine.holding("next-" + lane)) {
      next.answer();
      for (int i = lane; i < KILLS; i += LANES) {
        try (Peer victim = machine.holding("victim-" + lane + "-" + i)) {
          victim.answer();
          seen.add(killed(machine, victim, next, "lane-" + lane + "-" + i));
        }
      }
    }
  }

  private static Succession killed(Machine machine, Peer victim, Peer next, String name) {
    victim.ask("acquire " + name);
    long end = machine.leaseEnd(name);
    next.order("acquire " + name);
    victim.kill();
    next.answer();
    long answered = Clocks.micros();
    long asked = Long.parseLong(next.ask("last put"));
    next.ask("release");
    return new Succession(asked - end, answered - end - Holding.MAX_SKEW.toNanos() / 1_000);
  }
}
