package dev.holdfast.testkit.alive;

import static dev.holdfast.testkit.alive.KeptLocks.ONE_RENEWAL;
import static dev.holdfast.testkit.alive.KeptLocks.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.testkit.Fault;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that is interrupted when its lock is lost. */
@Timeout(240)
class KeptCallTest {
  private final KeptLocks host = new KeptLocks();
  private final HeldLock lock = host.wins("leader");
  private final KeepAlive alive = lock.keepAlive();

  @AfterEach
  void nothingIsLeft() {
    boolean interrupted = Thread.interrupted();
    host.end();
    assertThat(interrupted).isFalse();
  }

  private static void blockedForEver() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private void loseTheLock() {
    host.table.delete("leader");
    host.passes(ONE_RENEWAL);
  }

  @Test
  void workUnderALockThatIsHeld_returnsItsResult_andTheLockStaysHeld() throws Exception {
    assertThat(alive.call(Lease::name)).isEqualTo("leader");
    assertThat(lock.isHeld()).isTrue();
    assertThat(alive.loss()).isEmpty();
  }

  @Test
  void workUnderALockThatIsLost_isInterrupted_andEndsWithALostLock() {
    assertThatThrownBy(
            () ->
                alive.call(
                    lease -> {
                      loseTheLock();
                      blockedForEver();
                      return "never";
                    }))
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("its row is no longer ours")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).isInstanceOf(InterruptedException.class));
  }

  @Test
  void ownException_ofWorkThatWasInterrupted_stands() {
    assertThatThrownBy(() -> alive.call(this::interruptedThenFailing))
        .isInstanceOf(IOException.class)
        .hasMessage("the work's own");
  }

  private String interruptedThenFailing(Lease lease) throws IOException {
    loseTheLock();
    try {
      blockedForEver();
    } catch (InterruptedException e) {
      throw new IOException("the work's own", e);
    }
    return lease.name();
  }

  @Test
  void workThatEndsInSpiteOfTheInterrupt_keepsItsResult_andTheInterruptGoesNoFurther()
      throws Exception {
    String result =
        alive.call(
            lease -> {
              loseTheLock();
              eventually(() -> Thread.currentThread().isInterrupted() || alive.loss().isPresent());
              return "done";
            });
    assertThat(result).isEqualTo("done");
  }

  @Test
  void interruptFromElsewhere_isTheWorksOwnMatter() {
    assertThatThrownBy(
            () ->
                alive.call(
                    lease -> {
                      Thread.currentThread().interrupt();
                      blockedForEver();
                      return "never";
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void workUnderALockThatIsLostAlready_doesNotBegin() {
    host.passes(ofSeconds(20));
    assertThatThrownBy(
            () ->
                alive.call(
                    lease -> {
                      throw new IllegalStateException("must not run");
                    }))
        .isInstanceOf(LockLostException.class);
  }

  @Test
  void workAfterTheOwnerWasTold_isInterruptedAtOnce() throws Exception {
    host.table.faults().every(Fault.DENIED);
    host.passes(ofSeconds(8));
    assertThat(alive.awaitLoss()).isPresent();
    assertThat(lock.isHeld()).isTrue();
    assertThatThrownBy(
            () ->
                alive.call(
                    lease -> {
                      blockedForEver();
                      return "never";
                    }))
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("could not be renewed");
  }
}
