package dev.holdfast.testkit.junit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Locks;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.Faults;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatedLocks.class)
class SimulatedLocksTest {
  private final SimulatedTable table;

  SimulatedLocksTest(SimulatedTable table) {
    this.table = table;
  }

  @BeforeEach
  void tableIsEmpty_beforeEachTest(SimulatedTable same) {
    assertThat(same).isSameAs(table);
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void locks_areInTheTable(Locks locks) throws InterruptedException {
    HeldLock lock = locks.acquire("order-42");
    assertThat(table.row("order-42")).isPresent();
    lock.close();
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void otherHost_makesALockBusy_untilItsLeaseIsOver(
      Locks locks, OtherHost another, ManualTime time) {
    another.holds("order-42");

    assertThat(locks.tryAcquire("order-42"))
        .isInstanceOfSatisfying(
            Acquisition.Busy.class,
            busy -> assertThat(busy.holder().description()).isEqualTo("another host"));

    time.advance(ofSeconds(11));
    assertThat(locks.tryAcquire("order-42")).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void otherHost_thatCompleted_makesWorkDone(Locks locks, OtherHost another) {
    another.completed("order-42", ofSeconds(60));
    assertThat(locks.tryAcquire("order-42")).isInstanceOf(Acquisition.Done.class);
  }

  @Test
  void otherHost_ofALockThatIsHeld_saysSo(Locks locks, OtherHost another) {
    locks.tryAcquire("order-42");
    assertThatIllegalStateException()
        .isThrownBy(() -> another.holds("order-42"))
        .withMessageStartingWith("another host cannot take the lock now: Busy");
  }

  @Test
  void faults_areTheTables(Locks locks, Faults faults) {
    faults.nextReplyLost();
    assertThat(locks.tryAcquire("order-42")).isInstanceOf(Acquisition.Acquired.class);
    assertThat(faults.injected(Fault.REPLY_LOST)).isEqualTo(1);
    assertThat(table.counts().puts()).isEqualTo(2);
  }
}
