package dev.holdfast.lock;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Reply.Fault;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Seen;
import dev.holdfast.lock.protocol.Write;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LocksTest {
  private final ScriptedTable table = new ScriptedTable();
  private final HandTime time = new HandTime();
  private final Locks locks = Locks.on(table).withTime(time);

  private static LockRow held(Write write) {
    return ScriptedTable.others(write, RowState.HELD);
  }

  @Test
  void tryAcquire_acquires() {
    Acquisition acquisition = locks.tryAcquire("order-1");
    String outcome = acquisition.fold(HeldLock::name, busy -> "busy", done -> "done");
    assertThat(outcome).isEqualTo("order-1");
  }

  @Test
  void tryAcquire_namesTheHolder_afterOneRefusal() {
    table.thenRefuses(LocksTest::held);
    Acquisition.Busy busy = (Acquisition.Busy) locks.tryAcquire("order-1");
    assertThat(busy.holder().description()).isEqualTo("other host");
    assertThat(busy.holder().event()).contains("event-9");
    assertThat(busy.holder().acquiredAt()).hasToString("1970-01-01T00:00:01Z");
    assertThat(busy.holder().leaseEnd()).isEqualTo(time.wall().plusSeconds(10));
    assertThat(busy.<String>fold(l -> "held", b -> "busy", d -> "done")).isEqualTo("busy");
    assertThat(table.sent()).hasSize(1);
  }

  @Test
  void tryAcquire_ofDoneWork_saysSo() {
    table.thenRefuses(w -> ScriptedTable.others(w, RowState.DONE));
    Acquisition.Done done = (Acquisition.Done) locks.tryAcquire("order-1");
    assertThat(done.completion().name()).isEqualTo("order-1");
    assertThat(done.completion().event()).contains("event-9");
    assertThat(done.completion().until()).isEqualTo(time.wall().plusSeconds(10));
    assertThat(done.<String>fold(l -> "held", b -> "busy", d -> "done")).isEqualTo("done");
  }

  @Test
  void tryAcquire_byAnInterruptedThread_stillTries_andKeepsTheInterrupt() {
    Thread.currentThread().interrupt();
    Acquisition acquisition = locks.tryAcquire("order-1");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(acquisition).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void tryAcquire_onAForeignRow_saysWhatIsWrong() {
    table.thenRefuses(w -> new Seen.ForeignRow("its format is 2"));
    assertThatExceptionOfType(ForeignRowException.class)
        .isThrownBy(() -> locks.tryAcquire("order-1"))
        .withMessage(
            "the row under key 'order-1' is not a lock row of format 1 (its format is 2) and is"
                + " left as it is: use another key or table, or upgrade the library");
  }

  @Test
  void tryAcquire_thatFails_throwsTheTablesError() {
    table.thenFails(Fault.PERMANENT, false);
    assertThatThrownBy(() -> locks.tryAcquire("order-1"))
        .isInstanceOf(LockTableException.class)
        .hasMessage("told to fail");
  }

  @Test
  void tryAcquire_answeredAfterTheLease_isGivenBack() {
    table.then(
        write -> {
          time.passes(ofSeconds(10));
          return new Reply.Applied(new Seen.NoRow(), false);
        });
    assertThatThrownBy(() -> locks.tryAcquire("order-1"))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageStartingWith("lock 'order-1' was given back: the table answered only after");
    assertThat(table.last().row().state()).isEqualTo(RowState.FREE);
  }

  @Test
  void acquire_waitsUntilItIsReleased() throws InterruptedException {
    table.thenRefuses(LocksTest::held).thenRefuses(LocksTest::held).thenApplies();
    Duration before = Duration.ofNanos(time.monotonicNanos());
    try (HeldLock lock = locks.acquire("order-1")) {
      assertThat(lock.isHeld()).isTrue();
    }
    Duration waited = Duration.ofNanos(time.monotonicNanos()).minus(before);
    assertThat(waited).isBetween(ofMillis(37), ofMillis(75));
  }

  @Test
  void acquire_pastItsBound_namesTheHolder() {
    Locks impatient = locks.withWaitUpTo(ofMillis(20));
    table.thenRefuses(LocksTest::held).thenRefuses(LocksTest::held).thenRefuses(LocksTest::held);
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> impatient.acquire("order-1"))
        .withMessageStartingWith("lock 'order-1' is held by other host for event event-9 since")
        .withMessageEndingWith("waited up to 20 ms: try again later, or wait longer")
        .satisfies(e -> assertThat(e.holder().description()).isEqualTo("other host"));
  }

  @Test
  void acquire_ofDoneWork_throwsWhatIsRemembered() {
    table.thenRefuses(w -> ScriptedTable.others(w, RowState.DONE));
    assertThatExceptionOfType(AlreadyDoneException.class)
        .isThrownBy(() -> locks.acquire("order-1"))
        .withMessageStartingWith("'order-1' was done before and is remembered until")
        .satisfies(e -> assertThat(e.completion().event()).contains("event-9"));
  }

  @Test
  void acquire_byAnInterruptedThread_sendsNothing() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> locks.acquire("order-1")).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(table.sent()).isEmpty();
  }

  @Test
  void acquire_interruptedWhileWaiting_throwsThat() {
    table.thenRefuses(LocksTest::held);
    time.interruptNextSleep();
    assertThatThrownBy(() -> locks.acquire("order-1"))
        .isInstanceOf(InterruptedException.class)
        .hasMessage("told to");
    assertThat(table.sent()).hasSize(1);
  }

  @Test
  void acquire_interruptedAfterALostAnswer_releasesWhatItMayHaveTaken() {
    table.thenFails(Fault.NO_ANSWER, true).thenFails(Fault.NO_ANSWER, true);
    time.interruptNextSleep();
    assertThatThrownBy(() -> locks.acquire("order-1")).isInstanceOf(InterruptedException.class);
    assertThat(table.sent()).hasSize(3);
    assertThat(table.last().row().state()).isEqualTo(RowState.FREE);
  }

  @Test
  void acquire_interruptedInACall_releases_andThrowsInterruptedException() {
    table.then(
        write -> {
          Thread.currentThread().interrupt();
          return new Reply.Failed(
              Fault.INTERRUPTED, true, new LockTableException("interrupted", null));
        });
    assertThatThrownBy(() -> locks.acquire("order-1")).isInstanceOf(InterruptedException.class);
    assertThat(table.last().row().state()).isEqualTo(RowState.FREE);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void nonceGivenUp_isRemembered_soThatItsRowIsTakenOverAtOnce() {
    table.thenFails(Fault.NO_ANSWER, true).thenFails(Fault.NO_ANSWER, true);
    assertThatThrownBy(() -> locks.tryAcquire("order-1")).isInstanceOf(LockTableException.class);
    LockRow orphan = table.sent().get(0).row();
    table.thenRefuses(w -> orphan).thenApplies();
    assertThat(locks.tryAcquire("order-1")).isInstanceOf(Acquisition.Acquired.class);
    assertThat(((Write.Acquire) table.last()).watched()).isEqualTo(orphan.stamp());
  }

  @Test
  void call_returnsWhatTheWorkReturns_andReleases() throws InterruptedException {
    int length = locks.call("order-1", lease -> lease.name().length());
    assertThat(length).isEqualTo(7);
    assertThat(table.last()).isInstanceOf(Write.Forget.class);
  }

  @Test
  void call_passesTheWorksExceptionThrough_andReleases() {
    IOException thrown = new IOException("disk full");
    assertThatThrownBy(
            () ->
                locks.call(
                    "order-1",
                    lease -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(table.last()).isInstanceOf(Write.Forget.class);
  }

  @Test
  void call_whoseReleaseFails_neverHidesTheWorksException() {
    IOException thrown = new IOException("disk full");
    table.thenApplies().thenFails(Fault.PERMANENT, false);
    assertThatThrownBy(
            () ->
                locks.call(
                    "order-1",
                    lease -> {
                      throw thrown;
                    }))
        .isSameAs(thrown)
        .hasNoSuppressedExceptions();
  }

  @Test
  void requestOverridesDefaults_andCallsAreBoundedByTheTimeLeft() {
    Locks patient = locks.withLease(ofSeconds(60)).withHolder("by default");
    patient.tryAcquire("order-1");
    assertThat(table.last().row().term().leaseMillis()).isEqualTo(60_000);
    assertThat(table.last().row().claimant().holder()).isEqualTo("by default");
    LockRequest request =
        LockRequest.of("order-1")
            .lease(ofMillis(1_500))
            .holder("by request")
            .event("e-1")
            .callsWithin(ofMillis(200));
    patient.tryAcquire(request);
    assertThat(table.last().row().term().leaseMillis()).isEqualTo(1_500);
    assertThat(table.last().row().claimant().holder()).isEqualTo("by request");
    assertThat(table.last().row().claimant().event()).isEqualTo("e-1");
    assertThat(table.lastBudget().callNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
  }

  @Test
  void holderByDefault_namesProcessAndThread_andIsCut() {
    locks.tryAcquire("order-1");
    assertThat(table.last().row().claimant().holder())
        .contains("pid " + ProcessHandle.current().pid())
        .contains(Thread.currentThread().getName());
    locks.tryAcquire(LockRequest.of("order-1").holder("x".repeat(500)));
    assertThat(table.last().row().claimant().holder()).hasSize(200);
  }

  @Test
  void clockModel_decidesWhatTheRowSays() {
    locks.withClockModel(ClockModel.unsynchronized()).tryAcquire("order-1");
    assertThat(table.last().row().term().skewMillisMax()).isNull();
    assertThat(table.last().row().term().ttlSeconds()).isNull();
    locks.withClockModel(ClockModel.unsynchronized().expiringRows()).tryAcquire("order-1");
    assertThat(table.last().row().term().ttlSeconds()).isNotNull();
    locks.withClockModel(ClockModel.bounded(ofMillis(250))).tryAcquire("order-1");
    assertThat(table.last().row().term().skewMillisMax()).isEqualTo(250);
  }
}
