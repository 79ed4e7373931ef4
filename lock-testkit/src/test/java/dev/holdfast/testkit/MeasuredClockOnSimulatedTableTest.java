package dev.holdfast.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClockException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeasuredClockOnSimulatedTableTest {
  private static final Instant NOON = Instant.parse("2040-01-01T12:00:00.700Z");

  private final ManualTime server = ManualTime.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks").dating(server);
  private final Locks right = DynamoDbLocks.on(table, "locks").withTime(server);

  private Locks hostThatIsAheadBy(Duration error) {
    return DynamoDbLocks.on(table, "locks").withTime(ManualTime.at(server.wall().plus(error)));
  }

  @Test
  void hostOffByLessThanTheBound_locksAsEver() throws InterruptedException {
    hostThatIsAheadBy(Duration.ofMillis(400)).acquire("a").close();
    hostThatIsAheadBy(Duration.ofMillis(-400)).acquire("a").close();
    assertThat(table.counts().puts()).isEqualTo(2);
    assertThat(table.counts().deletes()).isEqualTo(2);
  }

  @Test
  void hostAhead_meetsALiveLock_andLeavesItsRowAsItWas() throws InterruptedException {
    HeldLock held = right.acquire("order-42");
    var row = table.row("order-42");

    assertThatThrownBy(() -> hostThatIsAheadBy(ofSeconds(60)).tryAcquire("order-42"))
        .isInstanceOf(LockClockException.class)
        .hasMessageContaining("ahead of the table's");

    assertThat(table.row("order-42")).isEqualTo(row);
    held.renew();
    assertThat(held.isHeld()).isTrue();
  }

  @Test
  void hostAhead_askedAgain_doesNotTouchTheLiveLockAnyMore() throws InterruptedException {
    right.acquire("order-42");
    Locks ahead = hostThatIsAheadBy(ofSeconds(60));
    assertThatThrownBy(() -> ahead.tryAcquire("order-42")).isInstanceOf(LockClockException.class);

    assertThat(ahead.tryAcquire("order-42")).isInstanceOf(Acquisition.Busy.class);
  }

  @Test
  void hostBehind_handsNothingOut_andLeavesTheRowFree() {
    assertThatThrownBy(() -> hostThatIsAheadBy(ofSeconds(-5)).tryAcquire("order-42"))
        .isInstanceOf(LockClockException.class)
        .hasMessageContaining("behind the table's");
    assertThat(right.tryAcquire("order-42")).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void busyAnswer_showsTheErrorToo() throws InterruptedException {
    right.acquire("order-42");
    Locks behind = hostThatIsAheadBy(ofSeconds(-5));
    assertThat(behind.tryAcquire("order-42")).isInstanceOf(Acquisition.Busy.class);
    assertThatThrownBy(() -> behind.tryAcquire("order-43")).isInstanceOf(LockClockException.class);
  }

  @Test
  void measuring_costsNoRequest() throws InterruptedException {
    right.acquire("a").close();
    assertThat(table.counts()).isEqualTo(new RequestCounts(1, 1, 0, 0, 0, 2));
  }
}
