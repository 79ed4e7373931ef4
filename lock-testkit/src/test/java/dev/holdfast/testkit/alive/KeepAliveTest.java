package dev.holdfast.testkit.alive;

import static dev.holdfast.testkit.alive.KeptLocks.ONE_RENEWAL;
import static dev.holdfast.testkit.alive.KeptLocks.eventually;
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
import dev.holdfast.testkit.HeldRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a lock is renewed by itself, and when no more. */
@Timeout(240)
class KeepAliveTest {
  private final KeptLocks host = new KeptLocks();
  private final HeldLock lock = host.wins("leader");

  @AfterEach
  void threadsEnd_withTheLastLock() {
    host.end();
  }

  @Test
  void keptLock_isHeldForManyLeases_atOneRenewalForEachThird() {
    lock.keepAlive();
    for (int renewal = 1; renewal <= 30; renewal++) {
      host.passesUntilRenewed(lock);
    }
    assertThat(lock.isHeld()).isTrue();
    assertThat(host.puts()).isEqualTo(31);
    assertThat(host.table.row("leader").orElseThrow().get("version").n()).isEqualTo("30");
  }

  @Test
  void thread_isThereFromTheFirstKeepAlive_toTheLastClosedLock() throws Exception {
    assertThat(host.threads()).isEmpty();
    HeldLock other = host.wins("other");
    assertThat(host.threads()).isEmpty();
    lock.keepAlive();
    other.keepAlive();
    assertThat(host.threads()).containsExactly("holdfast-keep-alive");
    assertThat(KeptLocks.holdfastThreads()).allMatch(Thread::isDaemon);

    lock.close();
    assertThat(host.threads()).containsExactly("holdfast-keep-alive");
    other.close();
    host.awaitNoThreads();

    HeldLock again = host.wins("leader");
    again.keepAlive();
    host.passesUntilRenewed(again);
  }

  @Test
  void closedLock_isRenewedNoMore_andWasNotLost() throws Exception {
    KeepAlive alive = lock.keepAlive();
    lock.close();
    assertThat(alive.awaitLoss()).isEmpty();
    host.time.advance(ofSeconds(60));
    host.awaitNoThreads();
    assertThat(host.puts()).isEqualTo(1);
    assertThat(alive).hasToString("KeepAlive[leader, closed]");
  }

  @Test
  void completedLock_andOneHandedOver_areRenewedNoMore() throws Exception {
    HeldLock other = host.wins("other");
    KeepAlive completed = lock.keepAlive();
    KeepAlive handedOver = other.keepAlive();
    lock.complete(ofSeconds(60));
    other.ticket();
    assertThat(completed.awaitLoss()).isEmpty();
    assertThat(handedOver.awaitLoss()).isEmpty();
    host.awaitNoThreads();
  }

  @Test
  void releaseThatCertainlyFailed_endsTheKeepAlive_andTheLockIsHeldUntilItsLeaseEnds()
      throws Exception {
    KeepAlive alive = lock.keepAlive();
    host.table.faults().nextDenied();
    assertThatThrownBy(lock::release).hasMessageContaining("DeleteItem");
    assertThat(alive.awaitLoss()).isEmpty();
    assertThat(lock.isHeld()).isTrue();
    host.time.advance(ofSeconds(10));
    assertThat(lock.isHeld()).isFalse();
    assertThat(host.puts()).isEqualTo(1);
  }

  @Test
  void closedKeepAlive_renewsNoMore_andCanBeBegunAgain() throws Exception {
    KeepAlive alive = lock.keepAlive();
    assertThatThrownBy(lock::keepAlive)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("lock 'leader' is kept alive already: close that keep-alive first");
    alive.close();
    alive.close();
    assertThat(alive.awaitLoss()).isEmpty();
    host.awaitNoThreads();
    host.time.advance(ofSeconds(5));
    assertThat(lock.remaining()).isEqualTo(ofMillis(4_990));

    assertThat(lock.keepAlive().loss()).isEmpty();
    KeptLocks.awaitRenewed(lock);
    assertThat(host.puts()).isEqualTo(2);
  }

  @Test
  void lockThatIsLostOrClosed_cannotBeKeptAlive() {
    host.time.advance(ofSeconds(10));
    assertThatThrownBy(lock::keepAlive).isInstanceOf(LockLostException.class);
    lock.close();
    assertThatThrownBy(lock::keepAlive)
        .isInstanceOf(LockClosedException.class)
        .hasMessageContaining("cannot keep it alive");
    assertThat(host.threads()).isEmpty();
  }

  @Test
  void oneUnansweredRenewal_isMadeUpFor() {
    lock.keepAlive();
    host.table.faults().nextReplyLost().nextThrottled();
    host.passes(ONE_RENEWAL);
    eventually(() -> host.backOffs.size() == 1);
    assertThat(lock.remaining()).isLessThan(ofSeconds(7));
    host.passes(host.backOffs.get(0));
    KeptLocks.awaitRenewed(lock);
    assertThat(host.table.row("leader").orElseThrow().get("version").n()).isEqualTo("2");
  }

  @Test
  void renewalByItsOwner_putsTheNextOneOff() {
    lock.keepAlive();
    host.passes(ofSeconds(2));
    lock.renew();
    host.passes(ofSeconds(2));
    assertThat(host.puts()).isEqualTo(2);
    host.passesUntilPuts(ofMillis(1_334), 3);
  }

  @Test
  void renewalsOfALock_doNotWaitForFifteenSlowOnes_whoseOwnersAreTold() throws Exception {
    List<HeldRequest> slow = new ArrayList<>();
    List<KeepAlive> kept = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      kept.add(host.wins("slow-" + i).keepAlive());
    }
    kept.forEach(owner -> slow.add(host.nextAnswersLate()));
    host.passes(ONE_RENEWAL);
    for (HeldRequest request : slow) {
      request.awaitUnderWay();
    }
    lock.renew();
    lock.keepAlive();
    for (int renewal = 1; renewal <= 5; renewal++) {
      host.passesUntilRenewed(lock);
    }
    for (KeepAlive owner : kept) {
      assertThat(owner.awaitLoss()).isPresent();
    }
    host.lateAnswersCome();
  }

  @Test
  void keepAlive_ofALockThatIsInUse_costsNoReadAndNoDelete() {
    try (KeepAlive alive = lock.keepAlive()) {
      host.passesUntilPuts(ONE_RENEWAL, 2);
      assertThat(alive).hasToString("KeepAlive[leader, going on]");
    }
    assertThat(host.table.counts().others()).isZero();
    assertThat(host.table.counts().deletes()).isZero();
    assertThat(host.table.faults().injected(Fault.NONE)).isEqualTo(2);
    assertThatCode(lock::ensureHeld).doesNotThrowAnyException();
  }
}
