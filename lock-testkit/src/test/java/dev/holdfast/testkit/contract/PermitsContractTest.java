package dev.holdfast.testkit.contract;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.ForeignRowException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@OnEveryTable
class PermitsContractTest extends Contract {
  private static final int SLOTS_USED = 5;

  private final Host first = host("first");
  private final Host second = host("second");

  PermitsContractTest(ContractTable table) {
    super(table);
  }

  @AfterEach
  void deleteSlots() {
    for (int number = 1; number <= SLOTS_USED; number++) {
      table.delete(slot(number));
    }
  }

  private String slot(int number) {
    return name + "#permit-" + number;
  }

  private LockRequest permits(int count) {
    return LockRequest.of(name).permits(count);
  }

  private List<HeldLock> winsAll(Host host, int permits) {
    List<HeldLock> held = new ArrayList<>();
    for (int i = 0; i < permits; i++) {
      held.add(host.wins(permits(permits)));
    }
    return held;
  }

  private boolean isBusy(Host host, int permits) {
    return host.locks().tryAcquire(permits(permits)) instanceof Acquisition.Busy;
  }

  @Test
  void asManyHolders_asThereArePermits_andNoMore() {
    List<HeldLock> held = winsAll(first, 3);

    assertThat(held).extracting(HeldLock::name).doesNotHaveDuplicates();
    assertThat(isBusy(second, 3)).isTrue();
    assertThat(isBusy(first, 3)).isTrue();
  }

  @Test
  void releasedPermit_isWhatTheNextOneGets() {
    List<HeldLock> held = winsAll(first, 3);
    HeldLock released = held.get(1);
    released.release();

    assertThat(second.wins(permits(3)).name()).isEqualTo(released.name());
  }

  @Test
  void permits_haveNothingToDoWithTheLockOfTheSameName() {
    first.wins(name);
    winsAll(second, 2);

    assertThat(first.findsBusy(name).description()).isEqualTo("first");
  }

  @Test
  void crashedHolder_isReplaced_onceItsLeaseAndTheSkewBoundArePast() {
    HeldLock crashed = first.wins(permits(2));
    time.advance(ofSeconds(5));
    first.wins(permits(2));
    time.advance(LEASE.plus(SKEW).minus(ofSeconds(5)).minusMillis(1));
    assertThat(isBusy(second, 2)).isTrue();
    time.advance(Duration.ofMillis(1));

    assertThat(second.wins(permits(2)).name()).isEqualTo(crashed.name());
  }

  @Test
  void waiter_wakesAtTheEarliestEndOfALease_andTakesThatPermitAtOnce() throws Exception {
    HeldLock crashed = first.wins(permits(3));
    time.advance(ofSeconds(3));
    first.wins(permits(3));
    first.wins(permits(3));

    try (HeldLock lock = second.locks().acquire(permits(3).waitUpTo(ofSeconds(30)))) {
      assertThat(lock.name()).isEqualTo(crashed.name());
      Instant takeOver = NOON.plus(LEASE).plus(SKEW);
      assertThat(time.wall()).isBetween(takeOver, takeOver.plusMillis(1));
    }
  }

  @Test
  void withoutTrustedClocks_aCrashedHolderIsReplaced_onceItsPermitWasWatchedForALease()
      throws Exception {
    first.wins(permits(2));
    first.wins(permits(2));
    Host watching = host("watching", time, ClockModel.unsynchronized());

    try (HeldLock lock = watching.locks().acquire(permits(2).waitUpTo(ofSeconds(30)))) {
      assertThat(lock.isHeld()).isTrue();
      Instant watched = NOON.plus(LEASE).plusMillis(10);
      assertThat(time.wall()).isBetween(watched, watched.plusMillis(2));
    }
  }

  @Test
  void waiter_getsAPermitSoonAfterItsRelease() throws Exception {
    List<HeldLock> held = winsAll(first, 2);
    time.after(ofSeconds(1), held.get(0)::release);

    try (HeldLock lock = second.locks().acquire(permits(2).waitUpTo(ofSeconds(8)))) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(time.wall()).isBetween(NOON.plusSeconds(1), NOON.plusMillis(1_900));
    }
  }

  @Test
  void waiter_givesUpAtItsBound() {
    winsAll(first, 2);

    assertThatThrownBy(() -> second.locks().acquire(permits(2).waitUpTo(ofSeconds(4))))
        .isInstanceOf(LockUnavailableException.class)
        .hasMessageContaining("no permit of 2 of '" + name + "' is free");
    assertThat(time.wall()).isEqualTo(NOON.plusSeconds(4));
  }

  @Test
  void fewerPermits_letNobodyIn_whileAsManyAreHeldAmongThem() {
    List<HeldLock> held = winsAll(first, 5);
    assertThat(isBusy(second, 2)).isTrue();
    held.stream().filter(h -> h.name().equals(slot(5))).forEach(HeldLock::release);
    assertThat(isBusy(second, 2)).isTrue();
    held.stream().filter(h -> h.name().equals(slot(1))).forEach(HeldLock::release);

    assertThat(second.wins(permits(2)).name()).isEqualTo(slot(1));
  }

  @Test
  void morePermits_letInAsManyAsAreNew() {
    winsAll(first, 2);
    second.wins(permits(5));
    second.wins(permits(5));
    second.wins(permits(5));

    assertThat(isBusy(second, 5)).isTrue();
  }

  @Test
  void tokens_riseFromHolderToHolder_ofOnePermit() {
    HeldLock earlier = first.wins(permits(1));
    var token = earlier.fencingToken();
    earlier.release();

    assertThat(second.wins(permits(1)).fencingToken()).isGreaterThan(token);
  }

  @Test
  void permit_isRenewed_andHandedOverByTicket_asALockIs() {
    HeldLock held = first.wins(permits(1));
    time.advance(ofSeconds(6));
    held.renew();
    time.advance(ofSeconds(6));
    HeldLock redeemed = second.locks().redeem(held.ticket());

    assertThat(redeemed.name()).isEqualTo(slot(1));
    assertThat(isBusy(first, 1)).isTrue();
  }

  @Test
  void foreignRowInASlot_isAnError_andStaysAsItIs() {
    Map<String, AttributeValue> foreign =
        Map.of("resource_id", AttributeValue.fromS(slot(1)), "x", AttributeValue.fromS("y"));
    table.put(foreign);

    assertThatThrownBy(() -> first.locks().tryAcquire(permits(1)))
        .isInstanceOf(ForeignRowException.class)
        .hasMessageContaining(slot(1));
    assertThat(table.row(slot(1))).contains(foreign);
  }
}
