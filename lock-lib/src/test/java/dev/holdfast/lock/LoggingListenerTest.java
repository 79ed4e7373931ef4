package dev.holdfast.lock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Log lines of the logging listener. The logging library of the tests writes to stderr. */
class LoggingListenerTest {
  private final LockListener logging = LockListener.logging();
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
  private final Holder holder =
      new Holder("host \"7\"\npid 9", Optional.empty(), Instant.EPOCH, Instant.EPOCH);

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(captured, true, UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(err);
  }

  private String logged(Consumer<LockListener> event) {
    event.accept(logging);
    List<String> lines = captured.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(1);
    return lines.get(0).replaceFirst("^.*?(INFO|WARN) .* - ", "$1 ");
  }

  @Test
  void onAcquired_logsAnInfoLine() {
    assertThat(logged(l -> l.onAcquired(new LockEvent.Acquired("a", ofSeconds(2), 7))))
        .isEqualTo("INFO event=acquired lock=a waitMillis=2000 rejectedAttempts=7");
  }

  @Test
  void onTakenOver_logsAWarningOnOneLine() {
    assertThat(logged(l -> l.onTakenOver(new LockEvent.TakenOver("a b", holder, ofSeconds(1)))))
        .isEqualTo(
            "WARN event=takenOver lock=\"a b\" previousHolder=\"host \\\"7\\\"\\u000apid 9\""
                + " sinceExpiryMillis=1000");
  }

  @Test
  void onNotAcquired_logsTheHolder() {
    Optional<Holder> currentHolder = Optional.of(holder);
    assertThat(
            logged(
                l ->
                    l.onNotAcquired(
                        new LockEvent.NotAcquired("a", currentHolder, ofSeconds(2), 7))))
        .isEqualTo(
            "INFO event=notAcquired lock=a holder=\"host \\\"7\\\"\\u000apid 9\" waitMillis=2000"
                + " rejectedAttempts=7");
  }

  @Test
  void onNotAcquired_withoutAHolder_logsNone() {
    assertThat(
            logged(
                l ->
                    l.onNotAcquired(
                        new LockEvent.NotAcquired("a", Optional.empty(), ofSeconds(2), 1))))
        .isEqualTo("INFO event=notAcquired lock=a holder=none waitMillis=2000 rejectedAttempts=1");
  }

  @Test
  void onRenewed_logsAnInfoLine() {
    assertThat(logged(l -> l.onRenewed(new LockEvent.Renewed("a", ofSeconds(10), ofSeconds(6)))))
        .isEqualTo("INFO event=renewed lock=a leaseMillis=10000 previousRemainingMillis=6000");
  }

  @Test
  void onReleased_logsAnInfoLine() {
    LockEvent.Released event = new LockEvent.Released("a", ReleaseOutcome.COMPLETED, ofSeconds(3));
    assertThat(logged(l -> l.onReleased(event)))
        .isEqualTo("INFO event=released lock=a outcome=COMPLETED holdMillis=3000");
  }

  @Test
  void onReleasedLate_logsAnInfoLine() {
    LockEvent.ReleasedLate event =
        new LockEvent.ReleasedLate("a", ReleaseOutcome.LOCK_LOST, ofSeconds(3));
    assertThat(logged(l -> l.onReleasedLate(event)))
        .isEqualTo("INFO event=releasedLate lock=a outcome=LOCK_LOST lateMillis=3000");
  }

  @Test
  void onLost_logsAWarning() {
    assertThat(logged(l -> l.onLost(new LockEvent.Lost("a", LockLoss.Reason.LEASE_EXPIRED))))
        .isEqualTo("WARN event=lost lock=a reason=LEASE_EXPIRED");
  }

  @Test
  void onThrottled_logsAnInfoLine() {
    assertThat(logged(l -> l.onThrottled(new LockEvent.Throttled("a", 2, ofSeconds(1)))))
        .isEqualTo("INFO event=throttled lock=a attempt=2 backoffMillis=1000");
  }

  @Test
  void onClockSkewExceeded_logsAWarning() {
    assertThat(
            logged(l -> l.onClockSkewExceeded(new LockEvent.ClockSkewExceeded("a", ofSeconds(-3)))))
        .isEqualTo("WARN event=clockSkewExceeded lock=a skewMillis=-3000");
  }
}
