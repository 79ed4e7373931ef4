package dev.holdfast.verification.faults;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.UnrecognizedRowException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.PendingDelivery;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Histories that failed when they were found. */
class RegressionTest {
  private static final Instant NOON = Instant.parse("2040-01-01T12:00:00Z");
  private final ManualClock clock = ManualClock.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks", clock);
  private final LockClient lockClient = lockClientWith(clock, ClockModel.bounded(ofSeconds(1)));

  private LockClient lockClientWith(TimeSource timeSource, ClockModel model) {
    return DynamoDbLockClient.create(table, "locks")
        .withTimeSource(timeSource)
        .withLeaseDuration(ofSeconds(10))
        .withClockModel(model);
  }

  private HeldLock acquire(LockClient lockClient) {
    return ((Acquisition.Acquired) lockClient.tryAcquire("a")).lock();
  }

  @Test
  void manyUnansweredAttempts_onOneKey_reportTableUnreachable() {
    table.faults().always(Fault.REQUEST_LOST);
    for (int i = 0; i < 64; i++) {
      assertThatThrownBy(() -> lockClient.tryAcquire("a")).isInstanceOf(LockException.class);
    }
    assertThatThrownBy(() -> lockClient.tryAcquire("a"))
        .isInstanceOf(LockTableUnreachableException.class);
  }

  @Test
  void longWait_throughOutage_acquiresLock() throws InterruptedException {
    table.faults().always(Fault.FAILED_BEFORE_APPLYING);
    clock.runAfter(ofSeconds(60), () -> table.faults().clear());
    assertThat(lockClient.acquire(LockRequest.of("a").maxWait(ofSeconds(90))).isHeld()).isTrue();
  }

  @Test
  void transfer_afterThrottledRenewal_canBeResumed() {
    HeldLock lock = acquire(lockClient);
    table.faults().nextThrottled().nextThrottled();
    assertThatThrownBy(lock::renew).isInstanceOf(LockThrottledException.class);
    String transfer = lock.transfer();
    assertThat(lockClientWith(clock, ClockModel.bounded(ofSeconds(1))).resume(transfer).isHeld())
        .isTrue();
  }

  @Test
  void renew_afterThrottledShorterRenewal_extendsByStoredLeaseDuration() {
    HeldLock lock = acquire(lockClient);
    table.faults().nextThrottled().nextThrottled();
    assertThatThrownBy(() -> lock.renew(ofSeconds(1))).isInstanceOf(LockThrottledException.class);
    lock.renew();
    assertThat(lock.remaining()).isGreaterThan(ofSeconds(9));
  }

  @Test
  void acquire_withLongLeaseOnUnresponsiveTable_endsOneAttemptAfterMaxWait() {
    table.faults().always(Fault.REQUEST_LOST);
    Instant start = clock.wallTime();
    Throwable error =
        catchThrowable(
            () ->
                lockClient.acquire(
                    LockRequest.of("a")
                        .leaseDuration(Duration.ofMinutes(15))
                        .maxWait(ofSeconds(5))));
    assertThat(error).isInstanceOf(LockTableUnreachableException.class);
    assertThat(Duration.between(start, clock.wallTime())).isLessThanOrEqualTo(ofSeconds(5 + 3 * 2));
  }

  @Test
  void lastPoll_atDeadline_takesOneAttempt() {
    acquire(lockClient);
    Instant start = clock.wallTime();
    clock.runAfter(ofMillis(999), () -> table.faults().always(Fault.REQUEST_LOST));
    Throwable error =
        catchThrowable(
            () ->
                lockClientWith(clock, ClockModel.bounded(ofSeconds(1)))
                    .acquire(
                        LockRequest.of("a")
                            .leaseDuration(Duration.ofMinutes(15))
                            .maxWait(ofSeconds(1))));
    assertThat(error).isInstanceOf(LockException.class);
    assertThat(Duration.between(start, clock.wallTime())).isLessThanOrEqualTo(ofSeconds(1 + 3 * 2));
  }

  @Test
  void renewal_afterOneDay_keepsRequestTimeouts() {
    HeldLock lock = acquire(lockClient);
    for (int i = 0; i < 24 * 450 + 1; i++) {
      clock.advance(ofSeconds(8));
      lock.renew();
    }
    Instant start = clock.wallTime();
    table.faults().nextReplyLost();
    lock.renew();
    assertThat(Duration.between(start, clock.wallTime())).isGreaterThan(ofMillis(101));
  }

  @Test
  void maxClockSkew_withFractionalMillis_isRespected() {
    ClockModel model = ClockModel.bounded(ofNanos(1_500_000));
    ManualClock slowClock = ManualClock.at(NOON.plusNanos(999_000));
    HeldLock lock =
        ((Acquisition.Acquired)
                lockClientWith(slowClock, model)
                    .tryAcquire(LockRequest.of("a").leaseDuration(ofSeconds(1))))
            .lock();
    // 998.6 ms later, on a host whose clock is 1.45 ms ahead: within the bound of 1.5 ms
    slowClock.advance(ofNanos(998_600_000));
    ManualClock fastClock = ManualClock.at(slowClock.wallTime().plusNanos(1_450_000));
    Acquisition other = lockClientWith(fastClock, model).tryAcquire("a");
    assertThat(lock.isHeld() && other instanceof Acquisition.Acquired).isFalse();
  }

  @Test
  void delayedCopyOfRejectedRequest_isTakenOverByOwnHostAtOnce() {
    LockClient otherClient = lockClientWith(clock, ClockModel.bounded(ofSeconds(1)));
    HeldLock held = acquire(otherClient);
    table.withRetries(1);
    PendingDelivery copy = table.faults().nextRequestDelayed();
    assertThat(lockClient.tryAcquire("a")).isInstanceOf(Acquisition.Busy.class);
    held.release();
    copy.deliver();
    assertThat(lockClient.tryAcquire("a")).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void maxWaitForever_isOutOfRange() {
    assertThatThrownBy(() -> LockRequest.of("a").maxWait(ChronoUnit.FOREVER.getDuration()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void maxToken_makesRowUnrecognized() {
    HeldLock lock = acquire(lockClient);
    assertThat(lock.fencingToken()).isNotNull();
    lock.release();
    Map<String, AttributeValue> row = new HashMap<>(table.row("a").orElseThrow());
    row.put("token", AttributeValue.fromN(Long.toString(1L << 62)));
    table.put(row);
    assertThatThrownBy(() -> lockClient.tryAcquire("a"))
        .isInstanceOf(UnrecognizedRowException.class);
    assertThat(table.row("a")).contains(row);
  }

  @Test
  void unansweredAcquire_thenThrottled_isReleased() {
    table.faults().nextFailsAfterApplying().nextFailsAfterApplying().nextThrottled();
    Throwable e =
        catchThrowable(() -> lockClient.acquire(LockRequest.of("a").maxWait(ofMillis(10))));
    assertThat(e).isInstanceOf(LockThrottledException.class);
    assertThat(table.row("a").orElseThrow()).containsEntry("state", AttributeValue.fromS("FREE"));
  }

  @Test
  void semaphore_onUnresponsiveTable_endsOneAttemptAfterMaxWait() {
    table.faults().always(Fault.REQUEST_LOST);
    Instant start = clock.wallTime();
    LockRequest request =
        LockRequest.of("a").leaseDuration(Duration.ofMinutes(15)).maxWait(ofSeconds(1)).permits(3);
    assertThatThrownBy(() -> lockClient.acquire(request))
        .isInstanceOf(LockTableUnreachableException.class);
    assertThat(Duration.between(start, clock.wallTime())).isLessThan(ofSeconds(10));
  }

  @Test
  void unansweredCompletion_lockIsNoLongerHeld() {
    HeldLock lock = acquire(lockClient);
    boolean[] bothHeld = new boolean[1];
    table
        .faults()
        .beforeNextReply(
            () -> {
              clock.advance(ofSeconds(1));
              HeldLock other = acquire(lockClientWith(clock, ClockModel.bounded(ofSeconds(1))));
              bothHeld[0] = other.isHeld() && lock.isHeld();
            });
    lock.complete(ofSeconds(1));
    assertThat(bothHeld[0]).isFalse();
  }
}
