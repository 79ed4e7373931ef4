package dev.holdfast.testkit.alive;

import static dev.holdfast.testkit.alive.KeptLocks.ONE_RENEWAL;
import static dev.holdfast.testkit.alive.KeptLocks.eventually;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.Loss;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.HeldRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the owner of a lock that is kept alive is told of its loss, and what. */
@Timeout(240)
class LossTest {
  private static final Duration STEP = ofMillis(100);

  private final KeptLocks host = new KeptLocks();
  private final HeldLock lock = host.wins("leader");
  private final List<Loss> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch blocked = new CountDownLatch(1);

  @AfterEach
  void threadsEnd_withTheLastLock() {
    blocked.countDown();
    host.end();
  }

  private void passesUntilTold(KeepAlive alive) {
    eventually(
        () -> {
          if (host.time.sleepers() == 1) {
            host.time.advance(STEP);
          }
          return alive.loss().isPresent();
        });
  }

  @Test
  void ownerOfALockThatCannotBeRenewed_isToldBeforeItsLeaseEnds() throws Exception {
    host.table.faults().every(Fault.FAILED_BEFORE_APPLYING);
    KeepAlive alive = lock.keepAlive(told::add);
    host.passes(ofSeconds(7));
    assertThat(alive.loss()).isEmpty();
    host.passes(ofMillis(490));

    Loss loss = alive.awaitLoss().orElseThrow();

    assertThat(loss).isEqualTo(new Loss("leader", Loss.Reason.NOT_RENEWED, ofMillis(2_500)));
    assertThat(lock.isHeld()).isTrue();
    eventually(() -> told.equals(List.of(loss)));
    assertThat(alive).hasToString("KeepAlive[leader, " + loss + "]");
  }

  @Test
  void toldOwner_isRenewedNoMore_alsoWhereTheTableAnswersAgain() {
    host.table.faults().every(Fault.THROTTLED);
    KeepAlive alive = lock.keepAlive(told::add);
    host.passes(ONE_RENEWAL);
    eventually(() -> !host.backOffs.isEmpty());
    passesUntilTold(alive);
    host.awaitNoThreads();
    host.table.faults().clear();
    host.time.advance(ofSeconds(5));
    assertThat(host.puts()).isEqualTo(1);
    assertThat(lock.isHeld()).isFalse();
    assertThat(told).hasSize(1);
  }

  @Test
  void slowRenewal_doesNotKeepItsOwnerFromBeingTold() throws Exception {
    HeldRequest slow = host.nextAnswersLate();
    KeepAlive alive = lock.keepAlive(told::add);
    host.passes(ONE_RENEWAL);
    slow.awaitUnderWay();
    host.passes(ofSeconds(5));
    assertThat(alive.awaitLoss()).map(Loss::reason).contains(Loss.Reason.NOT_RENEWED);
    host.lateAnswersCome();
  }

  @Test
  void lockThatAnOperatorGaveToAnother_isLostAtTheNextRenewal_andNeverRenewedAgain()
      throws Exception {
    KeepAlive alive = lock.keepAlive(told::add);
    host.table.delete("leader");
    host.wins("leader");
    host.passes(ONE_RENEWAL);
    assertThat(alive.awaitLoss()).contains(new Loss("leader", Loss.Reason.ROW_GONE, Duration.ZERO));
    host.awaitNoThreads();
    assertThat(host.table.counts().refusedPuts()).isEqualTo(1);
    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void processThatWasStoppedForALease_isToldThatItIsOver_andRenewsNothing() throws Exception {
    KeepAlive alive = lock.keepAlive(told::add);
    host.passes(ofSeconds(60));
    assertThat(alive.awaitLoss())
        .contains(new Loss("leader", Loss.Reason.LEASE_OVER, Duration.ZERO));
    host.awaitNoThreads();
    assertThat(host.puts()).isEqualTo(1);
  }

  @Test
  void wallClockThatJumps_isSeenWithinASecond() throws Exception {
    KeepAlive alive = lock.keepAlive(told::add);
    eventually(() -> host.time.sleepers() == 1);
    host.time.jumpWall(ofSeconds(30));
    host.passes(ofSeconds(1));
    assertThat(alive.awaitLoss()).map(Loss::reason).contains(Loss.Reason.LEASE_OVER);
  }

  @Test
  void lossThatTheOwnerFindsItself_isToldAtOnce() throws Exception {
    KeepAlive alive = lock.keepAlive(told::add);
    host.table.delete("leader");
    assertThatThrownBy(lock::renew).isNotNull();
    assertThat(alive.awaitLoss()).map(Loss::reason).contains(Loss.Reason.ROW_GONE);
    eventually(() -> told.size() == 1);
  }

  @Test
  void callbackThatThrows_isSurvived_byTheOtherLocksToo() throws Exception {
    HeldLock other = host.wins("other");
    AtomicReference<Thread> thrower = new AtomicReference<>();
    KeepAlive failing =
        lock.keepAlive(
            loss -> {
              thrower.set(Thread.currentThread());
              throw new IllegalStateException("thrown by the owner's callback");
            });
    KeepAlive alive = other.keepAlive(told::add);
    host.table.delete("leader");
    host.passesUntilRenewed(other);
    assertThat(failing.awaitLoss()).isPresent();
    eventually(() -> thrower.get() != null);

    host.passesUntilRenewed(other);
    host.table.delete("other");
    host.passes(ONE_RENEWAL);
    assertThat(alive.awaitLoss()).isPresent();
    eventually(() -> told.size() == 1);
  }

  @Test
  void callbackThatBlocks_keepsNoOtherLockFromBeingRenewed() {
    HeldLock other = host.wins("other");
    lock.keepAlive(loss -> awaiting(blocked));
    other.keepAlive();
    host.table.delete("leader");
    for (int renewal = 1; renewal <= 7; renewal++) {
      host.passesUntilRenewed(other);
    }
  }

  private static void awaiting(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void awaitLoss_isInterruptible_andTheLockIsKeptAsBefore() {
    KeepAlive alive = lock.keepAlive();
    Thread.currentThread().interrupt();
    assertThatThrownBy(alive::awaitLoss).isInstanceOf(InterruptedException.class);
    host.passesUntilPuts(ONE_RENEWAL, 2);
    assertThat(alive.loss()).isEmpty();
  }

  @Test
  void lockThatIsKeptLate_isRenewedAtOnce() {
    host.time.advance(ofSeconds(9));
    lock.keepAlive();
    KeptLocks.awaitRenewed(lock);
    assertThat(host.puts()).isEqualTo(2);
  }
}
