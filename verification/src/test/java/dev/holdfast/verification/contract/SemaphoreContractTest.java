package dev.holdfast.verification.contract;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.UnrecognizedRowException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@OnEveryTable
class SemaphoreContractTest extends ContractFixture {
  private static final int PERMITS_MAX = 5;

  private final Host first = host("first");
  private final Host second = host("second");

  SemaphoreContractTest(ContractTable table) {
    super(table);
  }

  @AfterEach
  void deletePermits() {
    for (int number = 1; number <= PERMITS_MAX; number++) {
      table.delete(permitName(number));
    }
  }

  private String permitName(int number) {
    return name + "#permit-" + number;
  }

  private LockRequest permits(int count) {
    return LockRequest.of(name).permits(count);
  }

  private List<HeldLock> acquireAll(Host host, int permits) {
    List<HeldLock> held = new ArrayList<>();
    for (int i = 0; i < permits; i++) {
      held.add(host.acquire(permits(permits)));
    }
    return held;
  }

  private boolean isBusy(Host host, int permits) {
    return host.lockClient().tryAcquire(permits(permits)) instanceof Acquisition.Busy;
  }

  @Test
  void semaphore_admitsAsManyHoldersAsPermits_andNoMore() {
    List<HeldLock> held = acquireAll(first, 3);

    assertThat(held).extracting(HeldLock::name).doesNotHaveDuplicates();
    assertThat(isBusy(second, 3)).isTrue();
    assertThat(isBusy(first, 3)).isTrue();
  }

  @Test
  void releasedPermit_isAcquiredNext() {
    List<HeldLock> held = acquireAll(first, 3);
    HeldLock released = held.get(1);
    released.release();

    assertThat(second.acquire(permits(3)).name()).isEqualTo(released.name());
  }

  @Test
  void semaphore_isIndependentOfLockWithSameName() {
    first.acquire(name);
    acquireAll(second, 2);

    assertThat(first.expectBusy(name).description()).isEqualTo("first");
  }

  @Test
  void crashedHolder_isReplaced_afterLeaseAndMaxSkew() {
    HeldLock crashed = first.acquire(permits(2));
    time.advance(ofSeconds(5));
    first.acquire(permits(2));
    time.advance(LEASE_DURATION.plus(MAX_SKEW).minus(ofSeconds(5)).minusMillis(1));
    assertThat(isBusy(second, 2)).isTrue();
    time.advance(Duration.ofMillis(1));

    assertThat(second.acquire(permits(2)).name()).isEqualTo(crashed.name());
  }

  @Test
  void waiter_wakesAtEarliestLeaseEnd_andAcquiresThatPermit() throws Exception {
    HeldLock crashed = first.acquire(permits(3));
    time.advance(ofSeconds(3));
    first.acquire(permits(3));
    first.acquire(permits(3));

    try (HeldLock lock = second.lockClient().acquire(permits(3).maxWait(ofSeconds(30)))) {
      assertThat(lock.name()).isEqualTo(crashed.name());
      Instant takeover = NOON.plus(LEASE_DURATION).plus(MAX_SKEW);
      assertThat(time.wallTime()).isBetween(takeover, takeover.plusMillis(1));
    }
  }

  @Test
  void crashedHolder_withUnsynchronizedClocks_isReplaced_afterWatchedLease() throws Exception {
    first.acquire(permits(2));
    first.acquire(permits(2));
    Host watching = host("watching", time, ClockModel.unsynchronized());

    try (HeldLock lock = watching.lockClient().acquire(permits(2).maxWait(ofSeconds(30)))) {
      assertThat(lock.isHeld()).isTrue();
      Instant watched = NOON.plus(LEASE_DURATION).plusMillis(10);
      assertThat(time.wallTime()).isBetween(watched, watched.plusMillis(2));
    }
  }

  @Test
  void waiter_acquiresPermit_soonAfterRelease() throws Exception {
    List<HeldLock> held = acquireAll(first, 2);
    time.runAfter(ofSeconds(1), held.get(0)::release);

    try (HeldLock lock = second.lockClient().acquire(permits(2).maxWait(ofSeconds(8)))) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(time.wallTime()).isBetween(NOON.plusSeconds(1), NOON.plusMillis(1_900));
    }
  }

  @Test
  void waiter_afterMaxWait_isUnavailable() {
    acquireAll(first, 2);

    assertThatThrownBy(() -> second.lockClient().acquire(permits(2).maxWait(ofSeconds(4))))
        .isInstanceOf(LockUnavailableException.class)
        .hasMessageContaining("no permit of 2 of '" + name + "' is free");
    assertThat(time.wallTime()).isEqualTo(NOON.plusSeconds(4));
  }

  @Test
  void loweredPermits_admitNobody_whileAllLowerPermitsAreHeld() {
    List<HeldLock> held = acquireAll(first, 5);
    assertThat(isBusy(second, 2)).isTrue();
    held.stream().filter(h -> h.name().equals(permitName(5))).forEach(HeldLock::release);
    assertThat(isBusy(second, 2)).isTrue();
    held.stream().filter(h -> h.name().equals(permitName(1))).forEach(HeldLock::release);

    assertThat(second.acquire(permits(2)).name()).isEqualTo(permitName(1));
  }

  @Test
  void raisedPermits_admitAsManyAsWereAdded() {
    acquireAll(first, 2);
    second.acquire(permits(5));
    second.acquire(permits(5));
    second.acquire(permits(5));

    assertThat(isBusy(second, 5)).isTrue();
  }

  @Test
  void fencingTokens_ofOnePermit_increase() {
    HeldLock earlier = first.acquire(permits(1));
    var token = earlier.fencingToken();
    earlier.release();

    assertThat(second.acquire(permits(1)).fencingToken()).isGreaterThan(token);
  }

  @Test
  void permit_isRenewed_andTransferred_likeALock() {
    HeldLock held = first.acquire(permits(1));
    time.advance(ofSeconds(6));
    held.renew();
    time.advance(ofSeconds(6));
    HeldLock resumed = second.lockClient().resume(held.transfer());

    assertThat(resumed.name()).isEqualTo(permitName(1));
    assertThat(isBusy(first, 1)).isTrue();
  }

  @Test
  void unrecognizedPermitRow_isAnError_andIsLeft() {
    Map<String, AttributeValue> unrecognized =
        Map.of("resource_id", AttributeValue.fromS(permitName(1)), "x", AttributeValue.fromS("y"));
    table.put(unrecognized);

    assertThatThrownBy(() -> first.lockClient().tryAcquire(permits(1)))
        .isInstanceOf(UnrecognizedRowException.class)
        .hasMessageContaining(permitName(1));
    assertThat(table.row(permitName(1))).contains(unrecognized);
  }
}
