package dev.holdfast.lock.internal.engine;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.Write;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockSkewMonitorTest {
  private final ScriptedLockStore store = new ScriptedLockStore();
  private final ManualTimeSource timeSource = new ManualTimeSource();
  private final LockClient client = DefaultLockClient.create(store).withTimeSource(timeSource);

  private Instant serverTime(Duration hostAhead) {
    return timeSource.wallTime().minus(hostAhead);
  }

  @Test
  void clockWithinMaxSkew_acquiresAsUsual() {
    store.withServerTime(serverTime(ofMillis(400)));
    assertThat(client.tryAcquire("order-1")).isInstanceOf(Acquisition.Acquired.class);
    store.withServerTime(serverTime(ofMillis(-400)));
    assertThat(client.tryAcquire("order-2")).isInstanceOf(Acquisition.Acquired.class);
    assertThat(store.writes()).hasSize(2);
  }

  @Test
  void clockAhead_onAcquire_throwsWithTheSkewAndReleases() {
    store.withServerTime(serverTime(ofSeconds(5)));

    ClockSkewException error =
        catchThrowableOfType(ClockSkewException.class, () -> client.tryAcquire("order-1"));

    assertThat(error)
        .hasMessageContaining("ms ahead of the table's")
        .hasMessageContaining("order-1");
    assertThat(error.skew()).isBetween(ofSeconds(2), ofSeconds(6));
    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.FREE);
    assertThat(store.writes()).hasSize(2);
  }

  @Test
  void clockAhead_afterATakeoverOfALiveLock_restoresTheRow() {
    store.withServerTime(serverTime(ofSeconds(5)));
    LockRow[] previousRow = new LockRow[1];
    store.thenReplies(
        write -> {
          previousRow[0] = ScriptedLockStore.otherRow(write, RowState.HELD);
          return new Reply.Applied(previousRow[0], false);
        });

    assertThatThrownBy(() -> client.tryAcquire("order-1")).isInstanceOf(ClockSkewException.class);

    Write.Restore restored = (Write.Restore) store.lastWrite();
    RowVersion undone = store.writes().get(0).row().version();
    assertThat(restored.ownVersion()).isEqualTo(undone);
    assertThat(restored.row().version()).isEqualTo(new RowVersion("theirs", undone.token(), 0));
    assertThat(restored.row().leaseTerm()).isEqualTo(previousRow[0].leaseTerm());
    assertThat(restored.row().holderInfo()).isEqualTo(previousRow[0].holderInfo());
  }

  @Test
  void clockAhead_afterReplacingCompletedWork_restoresTheRow() {
    store.withServerTime(serverTime(ofSeconds(5)));
    store.thenReplies(
        write -> new Reply.Applied(ScriptedLockStore.otherRow(write, RowState.COMPLETED), false));
    assertThatThrownBy(() -> client.tryAcquire("order-1")).isInstanceOf(ClockSkewException.class);
    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.COMPLETED);
  }

  @Test
  void clockAhead_whenTheReplacedRowIsUnknown_leavesTheRowToExpire() {
    store.withServerTime(serverTime(ofSeconds(5)));
    store
        .thenFails(Reply.FailureKind.NO_REPLY, true)
        .thenReplies(write -> new Reply.Rejected(write.row()));
    assertThatThrownBy(() -> client.tryAcquire("order-1")).isInstanceOf(ClockSkewException.class);
    assertThat(store.writes()).hasSize(2).allMatch(Write.Acquire.class::isInstance);
  }

  @Test
  void clockAhead_onTheNextAcquire_doesNotTakeOverByWallTime() {
    store.withServerTime(serverTime(ofSeconds(5)));
    assertThatThrownBy(() -> client.tryAcquire("order-1")).isInstanceOf(ClockSkewException.class);
    assertThat(((Write.Acquire) store.writes().get(0)).clockTakeover()).isNotNull();

    assertThatThrownBy(() -> client.tryAcquire("order-2")).isInstanceOf(ClockSkewException.class);

    Write.Acquire second = (Write.Acquire) store.writes().get(2);
    assertThat(second.clockTakeover()).isNull();
    assertThat(second.row().leaseTerm().maxSkewMillis()).isNull();
  }

  @Test
  void clockAhead_afterCorrection_isTrustedAgain() {
    Instant server = serverTime(ofSeconds(5));
    store.withServerTime(server);
    assertThatThrownBy(() -> client.tryAcquire("order-1")).isInstanceOf(ClockSkewException.class);
    timeSource.shiftWallTime(ofSeconds(-5));
    store.withServerTime(timeSource.wallTime());
    assertThat(client.tryAcquire("order-2")).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void clockBehind_onRenew_losesTheLock() {
    HeldLock lock = ((Acquisition.Acquired) client.tryAcquire("order-1")).lock();
    store.withServerTime(serverTime(ofSeconds(-5)));

    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);

    assertThat(lock.isHeld()).isFalse();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LOCK_LOST);
  }

  @Test
  void clockAhead_onRenew_keepsTheLock() {
    HeldLock lock = ((Acquisition.Acquired) client.tryAcquire("order-1")).lock();
    store.withServerTime(serverTime(ofSeconds(5)));
    lock.renew();
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void clockBehind_onResume_releasesTheLock() {
    String transfer = ((Acquisition.Acquired) client.tryAcquire("order-1")).lock().transfer();
    store.withServerTime(serverTime(ofSeconds(-5)));
    assertThatThrownBy(() -> client.resume(transfer)).isInstanceOf(ClockSkewException.class);
    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.FREE);
  }

  @Test
  void unsynchronizedClocks_ignoreTheServerTime() {
    store.withServerTime(serverTime(Duration.ofHours(1)));
    assertThat(client.withClockModel(ClockModel.unsynchronized()).tryAcquire("order-1"))
        .isInstanceOf(Acquisition.Acquired.class);
  }
}
