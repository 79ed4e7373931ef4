package dev.holdfast.verification.keepalive;

import static dev.holdfast.verification.keepalive.KeepAliveFixture.RENEWAL_INTERVAL;
import static dev.holdfast.verification.keepalive.KeepAliveFixture.eventually;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.PendingDelivery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests when the owner of a lock that is kept alive is notified of its loss, and with which data.
 */
@Timeout(240)
class LockLossTest {
  private static final Duration STEP = ofMillis(100);

  private final KeepAliveFixture fixture = new KeepAliveFixture();
  private final HeldLock lock = fixture.acquire("leader");
  private final List<LockLoss> losses = new CopyOnWriteArrayList<>();
  private final CountDownLatch blocked = new CountDownLatch(1);

  @AfterEach
  void tearDown() {
    blocked.countDown();
    fixture.tearDown();
  }

  private void advanceUntilLost(KeepAlive keepAlive) {
    eventually(
        () -> {
          if (fixture.time.sleepingThreads() == 1) {
            fixture.time.advance(STEP);
          }
          return keepAlive.loss().isPresent();
        });
  }

  @Test
  void unrenewedLock_isReportedLost_beforeLeaseEnd() throws Exception {
    fixture.table.faults().always(Fault.FAILED_BEFORE_APPLYING);
    KeepAlive keepAlive = lock.keepAlive(losses::add);
    fixture.advance(ofSeconds(7));
    assertThat(keepAlive.loss()).isEmpty();
    fixture.advance(ofMillis(490));

    LockLoss loss = keepAlive.awaitLoss().orElseThrow();

    assertThat(loss)
        .isEqualTo(new LockLoss("leader", LockLoss.Reason.RENEWAL_FAILED, ofMillis(2_500)));
    assertThat(lock.isHeld()).isTrue();
    eventually(() -> losses.equals(List.of(loss)));
    assertThat(keepAlive).hasToString("KeepAlive[leader, " + loss + "]");
  }

  @Test
  void lostLock_isNotRenewed_whenTableRecovers() {
    fixture.table.faults().always(Fault.THROTTLED);
    KeepAlive keepAlive = lock.keepAlive(losses::add);
    fixture.advance(RENEWAL_INTERVAL);
    eventually(() -> !fixture.backoffs.isEmpty());
    advanceUntilLost(keepAlive);
    fixture.awaitNoThreads();
    fixture.table.faults().clear();
    fixture.time.advance(ofSeconds(5));
    assertThat(fixture.putCount()).isEqualTo(1);
    assertThat(lock.isHeld()).isFalse();
    assertThat(losses).hasSize(1);
  }

  @Test
  void slowRenewal_doesNotDelayLossNotification() throws Exception {
    PendingDelivery slow = fixture.delayNextReply();
    KeepAlive keepAlive = lock.keepAlive(losses::add);
    fixture.advance(RENEWAL_INTERVAL);
    slow.awaitSent();
    fixture.advance(ofSeconds(5));
    assertThat(keepAlive.awaitLoss())
        .map(LockLoss::reason)
        .contains(LockLoss.Reason.RENEWAL_FAILED);
    fixture.deliverDelayedReplies();
  }

  @Test
  void rowReplacedByOtherHolder_isLostAtNextRenewal_andNotRenewedAgain() throws Exception {
    KeepAlive keepAlive = lock.keepAlive(losses::add);
    fixture.table.delete("leader");
    fixture.acquire("leader");
    fixture.advance(RENEWAL_INTERVAL);
    assertThat(keepAlive.awaitLoss())
        .contains(new LockLoss("leader", LockLoss.Reason.OWNERSHIP_LOST, Duration.ZERO));
    fixture.awaitNoThreads();
    assertThat(fixture.table.counts().rejectedPuts()).isEqualTo(1);
    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void processPausedForALease_isNotifiedOfLeaseEnd_andDoesNotRenew() throws Exception {
    KeepAlive keepAlive = lock.keepAlive(losses::add);
    fixture.advance(ofSeconds(60));
    assertThat(keepAlive.awaitLoss())
        .contains(new LockLoss("leader", LockLoss.Reason.LEASE_EXPIRED, Duration.ZERO));
    fixture.awaitNoThreads();
    assertThat(fixture.putCount()).isEqualTo(1);
  }

  @Test
  void wallClockJump_isDetectedWithinOneSecond() throws Exception {
    KeepAlive keepAlive = lock.keepAlive(losses::add);
    eventually(() -> fixture.time.sleepingThreads() == 1);
    fixture.time.adjustWall(ofSeconds(30));
    fixture.advance(ofSeconds(1));
    assertThat(keepAlive.awaitLoss()).map(LockLoss::reason).contains(LockLoss.Reason.LEASE_EXPIRED);
  }

  @Test
  void lossFoundByOwner_isNotifiedAtOnce() throws Exception {
    KeepAlive keepAlive = lock.keepAlive(losses::add);
    fixture.table.delete("leader");
    assertThatThrownBy(lock::renew).isNotNull();
    assertThat(keepAlive.awaitLoss())
        .map(LockLoss::reason)
        .contains(LockLoss.Reason.OWNERSHIP_LOST);
    eventually(() -> losses.size() == 1);
  }

  @Test
  void throwingCallback_doesNotAffectOtherLocks() throws Exception {
    HeldLock other = fixture.acquire("other");
    AtomicReference<Thread> thrower = new AtomicReference<>();
    KeepAlive failing =
        lock.keepAlive(
            loss -> {
              thrower.set(Thread.currentThread());
              throw new IllegalStateException("thrown by the owner's callback");
            });
    KeepAlive keepAlive = other.keepAlive(losses::add);
    fixture.table.delete("leader");
    fixture.advanceUntilRenewed(other);
    assertThat(failing.awaitLoss()).isPresent();
    eventually(() -> thrower.get() != null);

    fixture.advanceUntilRenewed(other);
    fixture.table.delete("other");
    fixture.advance(RENEWAL_INTERVAL);
    assertThat(keepAlive.awaitLoss()).isPresent();
    eventually(() -> losses.size() == 1);
  }

  @Test
  void blockingCallback_doesNotDelayOtherRenewals() {
    HeldLock other = fixture.acquire("other");
    lock.keepAlive(loss -> awaitLatch(blocked));
    other.keepAlive();
    fixture.table.delete("leader");
    for (int renewal = 1; renewal <= 7; renewal++) {
      fixture.advanceUntilRenewed(other);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void awaitLoss_isInterruptible_andKeepAliveContinues() {
    KeepAlive keepAlive = lock.keepAlive();
    Thread.currentThread().interrupt();
    assertThatThrownBy(keepAlive::awaitLoss).isInstanceOf(InterruptedException.class);
    fixture.advanceUntilPuts(RENEWAL_INTERVAL, 2);
    assertThat(keepAlive.loss()).isEmpty();
  }

  @Test
  void keepAlive_startedNearLeaseEnd_renewsAtOnce() {
    fixture.time.advance(ofSeconds(9));
    lock.keepAlive();
    KeepAliveFixture.awaitRenewed(lock);
    assertThat(fixture.putCount()).isEqualTo(2);
  }
}
