package dev.holdfast.testkit.errors;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.RequestCounts;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to a caller that asks for what cannot be, or that was interrupted. */
class CallerErrorsTest {
  private static final String NAME = "order-42";

  private final ManualTime time = ManualTime.at(Instant.parse("2026-03-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final Locks locks = DynamoDbLocks.on(table, "locks").withTime(time);

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  @Test
  void emptyName_isRefused() {
    assertThatThrownBy(() -> locks.tryAcquire(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name must be 1 to 2048 bytes of UTF-8, got an empty text");
  }

  @Test
  void nameOfMoreThan2048Bytes_isRefused() {
    assertThatThrownBy(() -> LockRequest.of("ä".repeat(1_024) + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2049 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.999S", "PT-5S", "PT24H0.001S"})
  void lease_outOfRange_isRefused(Duration lease) {
    assertThatThrownBy(() -> LockRequest.of(NAME).lease(lease))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("lease must be (at least 1 s|at most 24 h), got .+");
    assertThatThrownBy(() -> locks.withLease(lease)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT24H0.001S"})
  void wait_outOfRange_isRefused(Duration wait) {
    assertThatThrownBy(() -> LockRequest.of(NAME).waitUpTo(wait))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("waitUpTo must be (at least 0 s|at most 24 h), got .+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT1H0.001S"})
  void skew_outOfRange_isRefused(Duration skew) {
    assertThatThrownBy(() -> ClockModel.bounded(skew))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("maxSkew must be (at least 0 s|at most 1 h), got .+");
  }

  @Test
  void closedLock_usedAgain_saysWhatItCannotDo_andSendsNothing() {
    HeldLock lock = acquired();
    lock.release();
    RequestCounts before = table.counts();

    assertThatThrownBy(lock::renew)
        .isInstanceOf(LockClosedException.class)
        .hasMessageContaining(
            "lock 'order-42': cannot renew it, since it was released or completed")
        .hasMessageContaining("acquire it again");
    assertThatThrownBy(lock::release).isInstanceOf(LockClosedException.class);
    assertThatThrownBy(() -> lock.complete(ofSeconds(60))).isInstanceOf(LockClosedException.class);
    assertThatThrownBy(lock::fencingToken).isInstanceOf(LockClosedException.class);

    assertThat(table.counts()).isEqualTo(before);
  }

  @Test
  void lostLock_saysThatTheLeaseIsOver() {
    HeldLock lock = acquired();
    time.advance(ofSeconds(60));

    assertThatThrownBy(lock::ensureHeld)
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("lock 'order-42' is lost: its lease is over");
  }

  @Test
  void interruptedBeforeAcquiring_sendsNothing() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> locks.acquire(NAME)).isInstanceOf(InterruptedException.class);

    assertThat(table.counts().puts()).isZero();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void interruptedWhileWaiting_stopsAtOnce_andLeavesTheHolderAlone() {
    acquired();
    var row = table.row(NAME);
    time.after(ofMillis(1_500), () -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> locks.acquire(LockRequest.of(NAME).waitUpTo(ofSeconds(30))))
        .isInstanceOf(InterruptedException.class);

    assertThat(time.wall()).isBefore(Instant.parse("2026-03-01T12:00:03Z"));
    assertThat(table.row(NAME)).isEqualTo(row);
  }

  @Test
  void interruptedWhileWaiting_afterAnUnansweredRequest_takesItBack() {
    table.faults().nextReplyLost();
    Duration callTimeOut = ofSeconds(5);
    time.after(callTimeOut.plusMillis(1), () -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> locks.acquire(LockRequest.of(NAME).waitUpTo(ofSeconds(30))))
        .isInstanceOf(InterruptedException.class);

    assertThat(table.row(NAME).map(row -> row.get("state").s())).contains("FREE");
  }

  @Test
  void interruptedHolder_stillReleases_andStaysInterrupted() {
    HeldLock lock = acquired();
    Thread.currentThread().interrupt();

    lock.close();

    assertThat(table.rows()).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  private HeldLock acquired() {
    return ((Acquisition.Acquired) locks.tryAcquire(NAME)).lock();
  }
}
