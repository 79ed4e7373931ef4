package dev.holdfast.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.ForeignRowException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What went wrong once: each history failed when it was found. */
class FailureHistoriesTest {
  private static final Instant NOON = Instant.parse("2040-01-01T12:00:00Z");
  private final ManualTime time = ManualTime.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final Locks locks = host(time, ClockModel.bounded(ofSeconds(1)));

  private Locks host(TimeSource clock, ClockModel model) {
    return DynamoDbLocks.on(table, "locks")
        .withTime(clock)
        .withLease(ofSeconds(10))
        .withClockModel(model);
  }

  private HeldLock wins(Locks host) {
    return ((Acquisition.Acquired) host.tryAcquire("a")).lock();
  }

  @Test
  void manyUnansweredTries_onOneKey_stillSayThatTheTableIsUnreachable() {
    table.faults().every(Fault.REQUEST_LOST);
    for (int i = 0; i < 64; i++) {
      assertThatThrownBy(() -> locks.tryAcquire("a")).isInstanceOf(LockException.class);
    }
    assertThatThrownBy(() -> locks.tryAcquire("a"))
        .isInstanceOf(LockTableUnreachableException.class);
  }

  @Test
  void longWait_throughAnOutage_endsWithTheLock() throws InterruptedException {
    table.faults().every(Fault.FAILED_BEFORE_APPLYING);
    time.after(ofSeconds(60), () -> table.faults().clear());
    assertThat(locks.acquire(LockRequest.of("a").waitUpTo(ofSeconds(90))).isHeld()).isTrue();
  }

  @Test
  void ticket_afterAThrottledRenewal_isRedeemable() {
    HeldLock lock = wins(locks);
    table.faults().nextThrottled().nextThrottled();
    assertThatThrownBy(lock::renew).isInstanceOf(LockThrottledException.class);
    String ticket = lock.ticket();
    assertThat(host(time, ClockModel.bounded(ofSeconds(1))).redeem(ticket).isHeld()).isTrue();
  }

  @Test
  void renew_afterAThrottledShorterOne_extendsByTheLeaseThatTheRowHas() {
    HeldLock lock = wins(locks);
    table.faults().nextThrottled().nextThrottled();
    assertThatThrownBy(() -> lock.renew(ofSeconds(1))).isInstanceOf(LockThrottledException.class);
    lock.renew();
    assertThat(lock.remaining()).isGreaterThan(ofSeconds(9));
  }

  @Test
  void acquire_ofALongLease_onASilentTable_endsOneAttemptAfterItsBound() {
    table.faults().every(Fault.REQUEST_LOST);
    Instant begin = time.wall();
    Throwable error =
        catchThrowable(
            () ->
                locks.acquire(
                    LockRequest.of("a").lease(Duration.ofMinutes(15)).waitUpTo(ofSeconds(5))));
    assertThat(error).isInstanceOf(LockTableUnreachableException.class);
    assertThat(Duration.between(begin, time.wall())).isLessThanOrEqualTo(ofSeconds(5 + 3 * 2));
  }

  @Test
  void lastPoll_atTheDeadline_takesOneAttempt() {
    wins(locks);
    Instant begin = time.wall();
    time.after(ofMillis(999), () -> table.faults().every(Fault.REQUEST_LOST));
    Throwable error =
        catchThrowable(
            () ->
                host(time, ClockModel.bounded(ofSeconds(1)))
                    .acquire(
                        LockRequest.of("a").lease(Duration.ofMinutes(15)).waitUpTo(ofSeconds(1))));
    assertThat(error).isInstanceOf(LockException.class);
    assertThat(Duration.between(begin, time.wall())).isLessThanOrEqualTo(ofSeconds(1 + 3 * 2));
  }

  @Test
  void lockKeptForOverADay_stillGivesItsCallsTime() {
    HeldLock lock = wins(locks);
    for (int i = 0; i < 24 * 450 + 1; i++) {
      time.advance(ofSeconds(8));
      lock.renew();
    }
    Instant begin = time.wall();
    table.faults().nextReplyLost();
    lock.renew();
    assertThat(Duration.between(begin, time.wall())).isGreaterThan(ofMillis(101));
  }

  @Test
  void skewBound_thatIsNotInWholeMillis_isKept() {
    ClockModel model = ClockModel.bounded(ofNanos(1_500_000));
    ManualTime slow = ManualTime.at(NOON.plusNanos(999_000));
    HeldLock lock =
        ((Acquisition.Acquired)
                host(slow, model).tryAcquire(LockRequest.of("a").lease(ofSeconds(1))))
            .lock();
    // 998.6 ms later, on a host whose clock is 1.45 ms ahead: within the bound of 1.5 ms
    slow.advance(ofNanos(998_600_000));
    ManualTime ahead = ManualTime.at(slow.wall().plusNanos(1_450_000));
    Acquisition other = host(ahead, model).tryAcquire("a");
    assertThat(lock.isHeld() && other instanceof Acquisition.Acquired).isFalse();
  }

  @Test
  void copyOfARefusedBody_thatTheSdkSentTwice_isTakenOverByItsOwnHostAtOnce() {
    Locks other = host(time, ClockModel.bounded(ofSeconds(1)));
    HeldLock held = wins(other);
    table.resending(1);
    HeldRequest copy = table.faults().nextRequestHeld();
    assertThat(locks.tryAcquire("a")).isInstanceOf(Acquisition.Busy.class);
    held.release();
    copy.deliver();
    assertThat(locks.tryAcquire("a")).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void forever_isRefusedAsOutOfRange() {
    assertThatThrownBy(() -> LockRequest.of("a").waitUpTo(ChronoUnit.FOREVER.getDuration()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tokenWithoutRoomAboveIt_isForeignForEverybody() {
    HeldLock lock = wins(locks);
    assertThat(lock.fencingToken()).isNotNull();
    lock.release();
    Map<String, AttributeValue> row = new HashMap<>(table.row("a").orElseThrow());
    row.put("token", AttributeValue.fromN(Long.toString(1L << 62)));
    table.put(row);
    assertThatThrownBy(() -> locks.tryAcquire("a")).isInstanceOf(ForeignRowException.class);
    assertThat(table.row("a")).contains(row);
  }

  @Test
  void bodyThatWasNeverAnswered_thenThrottledToTheEnd_isReleased() {
    table.faults().nextFailsAfterApplying().nextFailsAfterApplying().nextThrottled();
    Throwable e = catchThrowable(() -> locks.acquire(LockRequest.of("a").waitUpTo(ofMillis(10))));
    assertThat(e).isInstanceOf(LockThrottledException.class);
    assertThat(table.row("a").orElseThrow()).containsEntry("state", AttributeValue.fromS("FREE"));
  }

  @Test
  void permits_onASilentTable_endOneAttemptAfterTheirBound() {
    table.faults().every(Fault.REQUEST_LOST);
    Instant begin = time.wall();
    LockRequest request =
        LockRequest.of("a").lease(Duration.ofMinutes(15)).waitUpTo(ofSeconds(1)).permits(3);
    assertThatThrownBy(() -> locks.acquire(request))
        .isInstanceOf(LockTableUnreachableException.class);
    assertThat(Duration.between(begin, time.wall())).isLessThan(ofSeconds(10));
  }

  @Test
  void completion_whileUnanswered_theLockIsNotHeldAnyMore() {
    HeldLock lock = wins(locks);
    boolean[] both = new boolean[1];
    table
        .faults()
        .beforeNextReply(
            () -> {
              time.advance(ofSeconds(1));
              HeldLock other = wins(host(time, ClockModel.bounded(ofSeconds(1))));
              both[0] = other.isHeld() && lock.isHeld();
            });
    lock.complete(ofSeconds(1));
    assertThat(both[0]).isFalse();
  }
}
