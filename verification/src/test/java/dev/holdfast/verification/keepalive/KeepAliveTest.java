package dev.holdfast.verification.keepalive;

import static dev.holdfast.verification.keepalive.KeepAliveFixture.RENEWAL_INTERVAL;
import static dev.holdfast.verification.keepalive.KeepAliveFixture.eventually;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.PendingDelivery;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests when a lock is renewed automatically, and when the renewals stop. */
@Timeout(240)
class KeepAliveTest {
  private final KeepAliveFixture fixture = new KeepAliveFixture();
  private final HeldLock lock = fixture.acquire("leader");

  @AfterEach
  void tearDown() {
    fixture.tearDown();
  }

  @Test
  void keepAlive_overManyLeases_renewsOncePerThird() {
    lock.keepAlive();
    for (int renewal = 1; renewal <= 30; renewal++) {
      fixture.advanceUntilRenewed(lock);
    }
    assertThat(lock.isHeld()).isTrue();
    assertThat(fixture.putCount()).isEqualTo(31);
    assertThat(fixture.table.row("leader").orElseThrow().get("version").n()).isEqualTo("30");
  }

  @Test
  void renewalThread_runsFromFirstKeepAlive_untilLastClose() throws Exception {
    assertThat(fixture.ownThreadNames()).isEmpty();
    HeldLock other = fixture.acquire("other");
    assertThat(fixture.ownThreadNames()).isEmpty();
    lock.keepAlive();
    other.keepAlive();
    assertThat(fixture.ownThreadNames()).containsExactly("holdfast-keep-alive");
    assertThat(KeepAliveFixture.holdfastThreads()).allMatch(Thread::isDaemon);

    lock.close();
    assertThat(fixture.ownThreadNames()).containsExactly("holdfast-keep-alive");
    other.close();
    fixture.awaitNoThreads();

    HeldLock again = fixture.acquire("leader");
    again.keepAlive();
    fixture.advanceUntilRenewed(again);
  }

  @Test
  void closedLock_isNotRenewed_andNotLost() throws Exception {
    KeepAlive keepAlive = lock.keepAlive();
    lock.close();
    assertThat(keepAlive.awaitLoss()).isEmpty();
    fixture.time.advance(ofSeconds(60));
    fixture.awaitNoThreads();
    assertThat(fixture.putCount()).isEqualTo(1);
    assertThat(keepAlive).hasToString("KeepAlive[leader, closed]");
  }

  @Test
  void completedAndTransferredLocks_areNotRenewed() throws Exception {
    HeldLock other = fixture.acquire("other");
    KeepAlive completed = lock.keepAlive();
    KeepAlive transferred = other.keepAlive();
    lock.complete(ofSeconds(60));
    other.transfer();
    assertThat(completed.awaitLoss()).isEmpty();
    assertThat(transferred.awaitLoss()).isEmpty();
    fixture.awaitNoThreads();
  }

  @Test
  void deniedRelease_endsKeepAlive_andLockIsHeldUntilLeaseEnd() throws Exception {
    KeepAlive keepAlive = lock.keepAlive();
    fixture.table.faults().nextDenied();
    assertThatThrownBy(lock::release).hasMessageContaining("DeleteItem");
    assertThat(keepAlive.awaitLoss()).isEmpty();
    assertThat(lock.isHeld()).isTrue();
    fixture.time.advance(ofSeconds(10));
    assertThat(lock.isHeld()).isFalse();
    assertThat(fixture.putCount()).isEqualTo(1);
  }

  @Test
  void closedKeepAlive_doesNotRenew_andCanBeRestarted() throws Exception {
    KeepAlive keepAlive = lock.keepAlive();
    assertThatThrownBy(lock::keepAlive)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("lock 'leader' has a keep-alive already: close that keep-alive first");
    keepAlive.close();
    keepAlive.close();
    assertThat(keepAlive.awaitLoss()).isEmpty();
    fixture.awaitNoThreads();
    fixture.time.advance(ofSeconds(5));
    assertThat(lock.remaining()).isEqualTo(ofMillis(4_990));

    assertThat(lock.keepAlive().loss()).isEmpty();
    KeepAliveFixture.awaitRenewed(lock);
    assertThat(fixture.putCount()).isEqualTo(2);
  }

  @Test
  void lostOrClosedLock_cannotBeKeptAlive() {
    fixture.time.advance(ofSeconds(10));
    assertThatThrownBy(lock::keepAlive).isInstanceOf(LockLostException.class);
    lock.close();
    assertThatThrownBy(lock::keepAlive)
        .isInstanceOf(LockClosedException.class)
        .hasMessageContaining("cannot keep it alive");
    assertThat(fixture.ownThreadNames()).isEmpty();
  }

  @Test
  void unansweredRenewal_isRetried() {
    lock.keepAlive();
    fixture.table.faults().nextReplyLost().nextThrottled();
    fixture.advance(RENEWAL_INTERVAL);
    eventually(() -> fixture.backoffs.size() == 1);
    assertThat(lock.remaining()).isLessThan(ofSeconds(7));
    fixture.advance(fixture.backoffs.get(0));
    KeepAliveFixture.awaitRenewed(lock);
    assertThat(fixture.table.row("leader").orElseThrow().get("version").n()).isEqualTo("2");
  }

  @Test
  void manualRenewal_postponesNextRenewal() {
    lock.keepAlive();
    fixture.advance(ofSeconds(2));
    lock.renew();
    fixture.advance(ofSeconds(2));
    assertThat(fixture.putCount()).isEqualTo(2);
    fixture.advanceUntilPuts(ofMillis(1_334), 3);
  }

  @Test
  void renewals_duringFifteenSlowOnes_areNotDelayed_andSlowOwnersAreNotified() throws Exception {
    List<PendingDelivery> slow = new ArrayList<>();
    List<KeepAlive> keepAlives = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      keepAlives.add(fixture.acquire("slow-" + i).keepAlive());
    }
    keepAlives.forEach(keepAlive -> slow.add(fixture.delayNextReply()));
    fixture.advance(RENEWAL_INTERVAL);
    for (PendingDelivery request : slow) {
      request.awaitSent();
    }
    lock.renew();
    lock.keepAlive();
    for (int renewal = 1; renewal <= 5; renewal++) {
      fixture.advanceUntilRenewed(lock);
    }
    for (KeepAlive keepAlive : keepAlives) {
      assertThat(keepAlive.awaitLoss()).isPresent();
    }
    fixture.deliverDelayedReplies();
  }

  @Test
  void keepAlive_sendsNoReadAndNoDelete() {
    try (KeepAlive keepAlive = lock.keepAlive()) {
      fixture.advanceUntilPuts(RENEWAL_INTERVAL, 2);
      assertThat(keepAlive).hasToString("KeepAlive[leader, active]");
    }
    assertThat(fixture.table.counts().unsupported()).isZero();
    assertThat(fixture.table.counts().deletes()).isZero();
    assertThat(fixture.table.faults().injectedCount(Fault.NONE)).isEqualTo(2);
    assertThatCode(lock::ensureHeld).doesNotThrowAnyException();
  }
}
