package dev.holdfast.samples;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.Locks;
import dev.holdfast.testkit.Faults;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.junit.SimulatedLocks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What can happen to code that locks, each within milliseconds: no table, no server, no waiting.
 */
@ExtendWith(SimulatedLocks.class)
class TestingWithoutATableTest {
  private final List<String> carried = new ArrayList<>();
  private final ManualTime time;
  private final ShippingDesk desk;

  TestingWithoutATableTest(Locks locks, ManualTime time) {
    this.time = time;
    this.desk = new ShippingDesk(locks, carried::add);
  }

  @Test
  void freeOrder_isShipped_byTwoWrites(SimulatedTable table) throws InterruptedException {
    assertThat(desk.ship("42")).isEqualTo("shipped");
    assertThat(carried).containsExactly("42");
    assertThat(table.counts().writeUnits()).isEqualTo(2);
  }

  @Test
  void anotherHostHoldsIt_forLongerThanWeWait(OtherHost another) throws InterruptedException {
    Instant before = time.wall();
    another.holds("order-42");

    assertThat(desk.ship("42")).isEqualTo("is being shipped by another host");

    assertThat(carried).isEmpty();
    assertThat(time.wall()).isEqualTo(before.plusSeconds(5));
  }

  @Test
  void anotherHostReleasesIt_whileWeWait(OtherHost another) throws InterruptedException {
    HeldLock theirs = another.holds("order-42");
    time.after(ofSeconds(2), theirs::release);

    assertThat(desk.ship("42")).isEqualTo("shipped");
  }

  @Test
  void anotherHostCrashed_andItsLeaseIsOver(OtherHost another) throws InterruptedException {
    another.holds("order-42");
    time.advance(ofSeconds(11));

    assertThat(desk.ship("42")).isEqualTo("shipped");
  }

  @Test
  void anotherHostHasDoneIt(OtherHost another) throws InterruptedException {
    another.completed("order-42", ofDays(1));

    assertThat(desk.ship("42")).isEqualTo("was shipped before");
    assertThat(carried).isEmpty();
  }

  @Test
  void replyIsLost_theOrderIsShippedOnce(Faults faults, SimulatedTable table)
      throws InterruptedException {
    faults.nextReplyLost();

    assertThat(desk.ship("42")).isEqualTo("shipped");
    assertThat(desk.ship("42")).isEqualTo("was shipped before");

    assertThat(carried).containsExactly("42");
    assertThat(table.row("order-42")).isPresent();
  }

  @Test
  void tableIsThrottled_forAWhile(Faults faults) throws InterruptedException {
    faults.nextThrottled().nextThrottled().nextThrottled().nextThrottled();

    assertThat(desk.ship("42")).isEqualTo("shipped");
  }

  @Test
  void carrierTakesLongerThanTheLease_soTheOrderIsNotMarkedAsShipped(Locks locks) {
    ShippingDesk slow = new ShippingDesk(locks, order -> time.advance(ofSeconds(60)));

    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(() -> slow.ship("42"))
        .withMessageContaining("its lease is over");
  }
}
