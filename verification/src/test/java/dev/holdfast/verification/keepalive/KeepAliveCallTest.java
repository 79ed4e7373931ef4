package dev.holdfast.verification.keepalive;

import static dev.holdfast.verification.keepalive.KeepAliveFixture.RENEWAL_INTERVAL;
import static dev.holdfast.verification.keepalive.KeepAliveFixture.eventually;
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

/** Tests that work is interrupted when its lock is lost. */
@Timeout(240)
class KeepAliveCallTest {
  private final KeepAliveFixture fixture = new KeepAliveFixture();
  private final HeldLock lock = fixture.acquire("leader");
  private final KeepAlive keepAlive = lock.keepAlive();

  @AfterEach
  void tearDown() {
    boolean interrupted = Thread.interrupted();
    fixture.tearDown();
    assertThat(interrupted).isFalse();
  }

  private static void blockForever() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private void loseLock() {
    fixture.table.delete("leader");
    fixture.advance(RENEWAL_INTERVAL);
  }

  @Test
  void call_underHeldLock_returnsResult_andLockStaysHeld() throws Exception {
    assertThat(keepAlive.call(Lease::name)).isEqualTo("leader");
    assertThat(lock.isHeld()).isTrue();
    assertThat(keepAlive.loss()).isEmpty();
  }

  @Test
  void call_whenLockIsLost_interruptsWork_andThrowsLockLost() {
    assertThatThrownBy(
            () ->
                keepAlive.call(
                    lease -> {
                      loseLock();
                      blockForever();
                      return "never";
                    }))
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("its row is deleted or has another owner")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).isInstanceOf(InterruptedException.class));
  }

  @Test
  void call_whenInterruptedWorkThrows_rethrowsItsException() {
    assertThatThrownBy(() -> keepAlive.call(this::failAfterInterrupt))
        .isInstanceOf(IOException.class)
        .hasMessage("the work's own");
  }

  private String failAfterInterrupt(Lease lease) throws IOException {
    loseLock();
    try {
      blockForever();
    } catch (InterruptedException e) {
      throw new IOException("the work's own", e);
    }
    return lease.name();
  }

  @Test
  void call_whenWorkIgnoresInterrupt_returnsResult_andClearsInterruptFlag() throws Exception {
    String result =
        keepAlive.call(
            lease -> {
              loseLock();
              eventually(
                  () -> Thread.currentThread().isInterrupted() || keepAlive.loss().isPresent());
              return "done";
            });
    assertThat(result).isEqualTo("done");
  }

  @Test
  void call_whenInterruptedByOtherThread_propagatesInterrupt() {
    assertThatThrownBy(
            () ->
                keepAlive.call(
                    lease -> {
                      Thread.currentThread().interrupt();
                      blockForever();
                      return "never";
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void call_underLostLock_doesNotRunWork() {
    fixture.advance(ofSeconds(20));
    assertThatThrownBy(
            () ->
                keepAlive.call(
                    lease -> {
                      throw new IllegalStateException("must not run");
                    }))
        .isInstanceOf(LockLostException.class);
  }

  @Test
  void call_afterLossNotification_interruptsWorkAtOnce() throws Exception {
    fixture.table.faults().always(Fault.DENIED);
    fixture.advance(ofSeconds(8));
    assertThat(keepAlive.awaitLoss()).isPresent();
    assertThat(lock.isHeld()).isTrue();
    assertThatThrownBy(
            () ->
                keepAlive.call(
                    lease -> {
                      blockForever();
                      return "never";
                    }))
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("could not be renewed");
  }
}
