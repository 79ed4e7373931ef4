package dev.holdfast.lock.internal.engine;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.UnrecognizedRowException;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.Reply.FailureKind;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.Write;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LockClientTest {
  private final ScriptedLockStore store = new ScriptedLockStore();
  private final ManualTimeSource timeSource = new ManualTimeSource();
  private final LockClient client = DefaultLockClient.create(store).withTimeSource(timeSource);

  private static LockRow heldRow(Write write) {
    return ScriptedLockStore.otherRow(write, RowState.HELD);
  }

  @Test
  void tryAcquire_ofAFreeLock_isAcquired() {
    Acquisition acquisition = client.tryAcquire("order-1");
    String outcome = acquisition.fold(HeldLock::name, busy -> "busy", completed -> "completed");
    assertThat(outcome).isEqualTo("order-1");
  }

  @Test
  void tryAcquire_ofAHeldLock_isBusyWithItsHolder() {
    store.thenRejects(LockClientTest::heldRow);
    Acquisition.Busy busy = (Acquisition.Busy) client.tryAcquire("order-1");
    assertThat(busy.holder().description()).isEqualTo("other host");
    assertThat(busy.holder().event()).contains("event-9");
    assertThat(busy.holder().acquiredAt()).hasToString("1970-01-01T00:00:01Z");
    assertThat(busy.holder().leaseExpiresAt()).isEqualTo(timeSource.wallTime().plusSeconds(10));
    assertThat(busy.<String>fold(l -> "held", b -> "busy", c -> "completed")).isEqualTo("busy");
    assertThat(store.writes()).hasSize(1);
  }

  @Test
  void tryAcquire_ofCompletedWork_isCompleted() {
    store.thenRejects(w -> ScriptedLockStore.otherRow(w, RowState.COMPLETED));
    Acquisition.Completed completed = (Acquisition.Completed) client.tryAcquire("order-1");
    assertThat(completed.completion().name()).isEqualTo("order-1");
    assertThat(completed.completion().event()).contains("event-9");
    assertThat(completed.completion().expiresAt()).isEqualTo(timeSource.wallTime().plusSeconds(10));
    assertThat(completed.<String>fold(l -> "held", b -> "busy", c -> "completed"))
        .isEqualTo("completed");
  }

  @Test
  void tryAcquire_byAnInterruptedThread_isSentAndKeepsTheInterrupt() {
    Thread.currentThread().interrupt();
    Acquisition acquisition = client.tryAcquire("order-1");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(acquisition).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void tryAcquire_ofAnUnrecognizedRow_throwsWithTheReason() {
    store.thenRejects(w -> new RowSnapshot.UnrecognizedRow("its format is 2"));
    assertThatExceptionOfType(UnrecognizedRowException.class)
        .isThrownBy(() -> client.tryAcquire("order-1"))
        .withMessage(
            "the row with key 'order-1' is not a lock row of format 1 (its format is 2) and is"
                + " not changed: use another key or table, or upgrade the library");
  }

  @Test
  void tryAcquire_onAPermanentFault_throwsTheTableException() {
    store.thenFails(FailureKind.PERMANENT, false);
    assertThatThrownBy(() -> client.tryAcquire("order-1"))
        .isInstanceOf(LockTableException.class)
        .hasMessage("scripted failure");
  }

  @Test
  void tryAcquire_repliedAfterTheLeaseExpired_isReleased() {
    store.thenReplies(
        write -> {
          timeSource.advance(ofSeconds(10));
          return new Reply.Applied(new RowSnapshot.NoRow(), false);
        });
    assertThatThrownBy(() -> client.tryAcquire("order-1"))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageStartingWith("lock 'order-1' is released again: the table replied after");
    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.FREE);
  }

  @Test
  void acquire_ofAHeldLock_waitsUntilItIsReleased() throws InterruptedException {
    store.thenRejects(LockClientTest::heldRow).thenRejects(LockClientTest::heldRow).thenApplies();
    Duration start = Duration.ofNanos(timeSource.monotonicNanos());
    try (HeldLock lock = client.acquire("order-1")) {
      assertThat(lock.isHeld()).isTrue();
    }
    Duration waited = Duration.ofNanos(timeSource.monotonicNanos()).minus(start);
    assertThat(waited).isBetween(ofMillis(37), ofMillis(75));
  }

  @Test
  void acquire_afterMaxWait_throwsWithTheHolder() {
    LockClient withShortWait = client.withMaxWait(ofMillis(20));
    store
        .thenRejects(LockClientTest::heldRow)
        .thenRejects(LockClientTest::heldRow)
        .thenRejects(LockClientTest::heldRow);
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> withShortWait.acquire("order-1"))
        .withMessageStartingWith("lock 'order-1' is held by other host for event event-9 since")
        .withMessageEndingWith("waited up to 20 ms: try again later, or increase maxWait")
        .satisfies(e -> assertThat(e.holder().description()).isEqualTo("other host"));
  }

  @Test
  void acquire_ofCompletedWork_throwsWithTheCompletion() {
    store.thenRejects(w -> ScriptedLockStore.otherRow(w, RowState.COMPLETED));
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(() -> client.acquire("order-1"))
        .withMessageStartingWith("'order-1' was completed before, and its record expires at")
        .satisfies(e -> assertThat(e.completion().event()).contains("event-9"));
  }

  @Test
  void acquire_byAnInterruptedThread_sendsNothing() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> client.acquire("order-1")).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(store.writes()).isEmpty();
  }

  @Test
  void acquire_interruptedWhileWaiting_throwsInterruptedException() {
    store.thenRejects(LockClientTest::heldRow);
    timeSource.interruptNextSleep();
    assertThatThrownBy(() -> client.acquire("order-1"))
        .isInstanceOf(InterruptedException.class)
        .hasMessage("interrupted by the test");
    assertThat(store.writes()).hasSize(1);
  }

  @Test
  void acquire_interruptedAfterALostReply_releasesTheLock() {
    store.thenFails(FailureKind.NO_REPLY, true).thenFails(FailureKind.NO_REPLY, true);
    timeSource.interruptNextSleep();
    assertThatThrownBy(() -> client.acquire("order-1")).isInstanceOf(InterruptedException.class);
    assertThat(store.writes()).hasSize(3);
    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.FREE);
  }

  @Test
  void acquire_interruptedDuringARequest_releasesAndThrowsInterruptedException() {
    store.thenReplies(
        write -> {
          Thread.currentThread().interrupt();
          return new Reply.Failed(
              FailureKind.INTERRUPTED, true, new LockTableException("interrupted", null));
        });
    assertThatThrownBy(() -> client.acquire("order-1")).isInstanceOf(InterruptedException.class);
    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.FREE);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void orphanRow_onTheNextAttempt_isTakenOverImmediately() {
    store.thenFails(FailureKind.NO_REPLY, true).thenFails(FailureKind.NO_REPLY, true);
    assertThatThrownBy(() -> client.tryAcquire("order-1")).isInstanceOf(LockTableException.class);
    LockRow orphan = store.writes().get(0).row();
    store.thenRejects(w -> orphan).thenApplies();
    assertThat(client.tryAcquire("order-1")).isInstanceOf(Acquisition.Acquired.class);
    assertThat(((Write.Acquire) store.lastWrite()).watchedVersion()).isEqualTo(orphan.version());
  }

  @Test
  void call_afterTheWork_returnsItsResultAndReleases() throws InterruptedException {
    int length = client.call("order-1", lease -> lease.name().length());
    assertThat(length).isEqualTo(7);
    assertThat(store.lastWrite()).isInstanceOf(Write.Delete.class);
  }

  @Test
  void call_whenTheWorkThrows_rethrowsAndReleases() {
    IOException thrown = new IOException("disk full");
    assertThatThrownBy(
            () ->
                client.call(
                    "order-1",
                    lease -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(store.lastWrite()).isInstanceOf(Write.Delete.class);
  }

  @Test
  void call_whenWorkAndReleaseFail_rethrowsTheWorksException() {
    IOException thrown = new IOException("disk full");
    store.thenApplies().thenFails(FailureKind.PERMANENT, false);
    assertThatThrownBy(
            () ->
                client.call(
                    "order-1",
                    lease -> {
                      throw thrown;
                    }))
        .isSameAs(thrown)
        .hasNoSuppressedExceptions();
  }

  @Test
  void request_withItsOwnOptions_overridesTheDefaults() {
    LockClient withDefaults = client.withLeaseDuration(ofSeconds(60)).withHolder("by default");
    withDefaults.tryAcquire("order-1");
    assertThat(store.lastWrite().row().leaseTerm().leaseMillis()).isEqualTo(60_000);
    assertThat(store.lastWrite().row().holderInfo().label()).isEqualTo("by default");
    LockRequest request =
        LockRequest.of("order-1")
            .leaseDuration(ofMillis(1_500))
            .holder("by request")
            .event("e-1")
            .requestDeadline(ofMillis(200));
    withDefaults.tryAcquire(request);
    assertThat(store.lastWrite().row().leaseTerm().leaseMillis()).isEqualTo(1_500);
    assertThat(store.lastWrite().row().holderInfo().label()).isEqualTo("by request");
    assertThat(store.lastWrite().row().holderInfo().event()).isEqualTo("e-1");
    assertThat(store.lastTimeouts().callNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
  }

  @Test
  void holder_byDefault_namesProcessAndThread() {
    client.tryAcquire("order-1");
    assertThat(store.lastWrite().row().holderInfo().label())
        .contains("pid " + ProcessHandle.current().pid())
        .contains(Thread.currentThread().getName());
    client.tryAcquire(LockRequest.of("order-1").holder("x".repeat(500)));
    assertThat(store.lastWrite().row().holderInfo().label()).hasSize(200);
  }

  @Test
  void clockModel_determinesMaxSkewAndTtlOfTheRow() {
    client.withClockModel(ClockModel.unsynchronized()).tryAcquire("order-1");
    assertThat(store.lastWrite().row().leaseTerm().maxSkewMillis()).isNull();
    assertThat(store.lastWrite().row().leaseTerm().ttlSeconds()).isNull();
    client.withClockModel(ClockModel.unsynchronized().withTtl()).tryAcquire("order-1");
    assertThat(store.lastWrite().row().leaseTerm().ttlSeconds()).isNotNull();
    client.withClockModel(ClockModel.bounded(ofMillis(250))).tryAcquire("order-1");
    assertThat(store.lastWrite().row().leaseTerm().maxSkewMillis()).isEqualTo(250);
  }
}
