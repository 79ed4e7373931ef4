package dev.holdfast.verification.errors;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.RequestCounts;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the messages for callers with impossible requests, and for interrupted callers. */
class CallerErrorsTest {
  private static final String NAME = "order-42";

  private final ManualClock time = ManualClock.at(Instant.parse("2026-03-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final LockClient lockClient =
      DynamoDbLockClient.create(table, "locks").withTimeSource(time);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void emptyName_isRejected() {
    assertThatThrownBy(() -> lockClient.tryAcquire(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name must be 1 to 2048 bytes of UTF-8, got an empty name");
  }

  @Test
  void nameOfMoreThan2048Bytes_isRejected() {
    assertThatThrownBy(() -> LockRequest.of("ä".repeat(1_024) + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2049 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.999S", "PT-5S", "PT24H0.001S"})
  void leaseDuration_outOfRange_isRejected(Duration leaseDuration) {
    assertThatThrownBy(() -> LockRequest.of(NAME).leaseDuration(leaseDuration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("leaseDuration must be (at least 1 s|at most 24 h), got .+");
    assertThatThrownBy(() -> lockClient.withLeaseDuration(leaseDuration))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT24H0.001S"})
  void maxWait_outOfRange_isRejected(Duration maxWait) {
    assertThatThrownBy(() -> LockRequest.of(NAME).maxWait(maxWait))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("maxWait must be (at least 0 s|at most 24 h), got .+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT1H0.001S"})
  void maxSkew_outOfRange_isRejected(Duration maxSkew) {
    assertThatThrownBy(() -> ClockModel.bounded(maxSkew))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("maxSkew must be (at least 0 s|at most 1 h), got .+");
  }

  @Test
  void closedLock_usedAgain_fails_andSendsNothing() {
    HeldLock lock = acquire();
    lock.release();
    RequestCounts before = table.counts();

    assertThatThrownBy(lock::renew)
        .isInstanceOf(LockClosedException.class)
        .hasMessageContaining(
            "lock 'order-42': cannot renew it, because it was released or completed")
        .hasMessageContaining("acquire it again");
    assertThatThrownBy(lock::release).isInstanceOf(LockClosedException.class);
    assertThatThrownBy(() -> lock.complete(ofSeconds(60))).isInstanceOf(LockClosedException.class);
    assertThatThrownBy(lock::fencingToken).isInstanceOf(LockClosedException.class);

    assertThat(table.counts()).isEqualTo(before);
  }

  @Test
  void ensureHeld_afterLeaseEnd_reportsLeaseEnd() {
    HeldLock lock = acquire();
    time.advance(ofSeconds(60));

    assertThatThrownBy(lock::ensureHeld)
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("lock 'order-42' is lost: its lease has expired");
  }

  @Test
  void acquire_whenAlreadyInterrupted_sendsNothing() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> lockClient.acquire(NAME)).isInstanceOf(InterruptedException.class);

    assertThat(table.counts().puts()).isZero();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void acquire_interruptedWhileWaiting_stopsAtOnce_andLeavesHolder() {
    acquire();
    var row = table.row(NAME);
    time.runAfter(ofMillis(1_500), () -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> lockClient.acquire(LockRequest.of(NAME).maxWait(ofSeconds(30))))
        .isInstanceOf(InterruptedException.class);

    assertThat(time.wallTime()).isBefore(Instant.parse("2026-03-01T12:00:03Z"));
    assertThat(table.row(NAME)).isEqualTo(row);
  }

  @Test
  void acquire_interruptedAfterUnansweredRequest_releasesIt() {
    table.faults().nextReplyLost().nextReplyLost();
    Duration timeoutOfBothSends = ofSeconds(5);
    time.runAfter(timeoutOfBothSends.plusMillis(1), () -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> lockClient.acquire(LockRequest.of(NAME).maxWait(ofSeconds(30))))
        .isInstanceOf(InterruptedException.class);

    assertThat(table.row(NAME).map(row -> row.get("state").s())).contains("FREE");
  }

  @Test
  void close_whenInterrupted_releases_andKeepsInterruptFlag() {
    HeldLock lock = acquire();
    Thread.currentThread().interrupt();

    lock.close();

    assertThat(table.rows()).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  private HeldLock acquire() {
    return ((Acquisition.Acquired) lockClient.tryAcquire(NAME)).lock();
  }
}
