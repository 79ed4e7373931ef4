package dev.holdfast.lock;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Reply.Fault;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Seen;
import dev.holdfast.lock.protocol.Write;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private static final LockSet BOTH = LockSet.of("b", "a");

  private final ScriptedTable table = new ScriptedTable();
  private final HandTime time = new HandTime();
  private final Locks locks = Locks.on(table).withTime(time);

  private List<String> sent() {
    return table.sent().stream().map(TogetherTest::text).toList();
  }

  private static String text(Write write) {
    return write.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + write.name();
  }

  private void refuses(int times) {
    for (int i = 0; i < times; i++) {
      table.thenRefuses(w -> ScriptedTable.others(w, RowState.HELD));
    }
  }

  @Test
  void freeLocks_areOneWriteEach_inOrder_andReleasedLastFirst() throws InterruptedException {
    locks.acquireAll(BOTH).close();
    assertThat(sent()).containsExactly("acquire a", "acquire b", "forget b", "forget a");
  }

  @Test
  void busyLock_withoutAnyWait_givesBackTheOthers() {
    table.thenApplies();
    refuses(1);
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> locks.acquireAll(BOTH.waitUpTo(ofSeconds(0))))
        .withMessageStartingWith("lock 'b' is held by other host")
        .withMessageContaining("waited up to 0 s");
    assertThat(sent()).containsExactly("acquire a", "acquire b", "forget a");
  }

  @Test
  void doneWork_givesBackTheOthers() {
    table.thenApplies().thenRefuses(w -> ScriptedTable.others(w, RowState.DONE));
    assertThatExceptionOfType(AlreadyDoneException.class)
        .isThrownBy(() -> locks.acquireAll(BOTH))
        .withMessageStartingWith("'b' was done before");
    assertThat(sent()).containsExactly("acquire a", "acquire b", "forget a");
  }

  @Test
  void foreignRow_givesBackTheOthers() {
    table.thenApplies().thenRefuses(w -> new Seen.ForeignRow("its format is 2"));
    assertThatExceptionOfType(ForeignRowException.class)
        .isThrownBy(() -> locks.acquireAll(BOTH))
        .withMessageStartingWith("the row under key 'b'");
    assertThat(sent()).containsExactly("acquire a", "acquire b", "forget a");
  }

  @Test
  void permanentFault_givesBackTheOthers_andGivingBackThatFailsHidesNothing() {
    table.thenApplies().thenFails(Fault.PERMANENT, false).thenFails(Fault.PERMANENT, false);
    assertThatThrownBy(() -> locks.acquireAll(BOTH))
        .isInstanceOf(LockTableException.class)
        .hasNoSuppressedExceptions();
    assertThat(sent()).containsExactly("acquire a", "acquire b", "forget a");
  }

  @Test
  void givingBack_goesOn_whenOneReleaseFails() {
    table.thenApplies().thenApplies();
    refuses(1);
    table.thenFails(Fault.PERMANENT, false);
    LockSet three = LockSet.of("a", "b", "c").waitUpTo(ofSeconds(0));
    assertThatThrownBy(() -> locks.acquireAll(three)).isInstanceOf(LockUnavailableException.class);
    assertThat(sent()).endsWith("acquire c", "forget b", "forget a");
  }

  @Test
  void throttling_isWaitedOut() throws InterruptedException {
    table.thenApplies().thenFails(Fault.THROTTLED, false).thenFails(Fault.THROTTLED, false);
    try (HeldLocks held = locks.acquireAll(BOTH)) {
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(sent()).startsWith("acquire a", "acquire b", "acquire b", "acquire b");
  }

  @Test
  void lostReply_isAskedForAgain() throws InterruptedException {
    table.thenApplies().thenFails(Fault.NO_ANSWER, true);
    try (HeldLocks held = locks.acquireAll(BOTH)) {
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(table.sent().get(2)).isEqualTo(table.sent().get(1));
  }

  @Test
  void lockThatMayHaveBeenTaken_isGivenBack_withTheOthers() {
    table.thenApplies().thenFails(Fault.NO_ANSWER, true).thenFails(Fault.NO_ANSWER, true);
    assertThatThrownBy(() -> locks.acquireAll(BOTH.waitUpTo(ofSeconds(0))))
        .isInstanceOf(LockTableException.class);
    assertThat(sent())
        .containsExactly("acquire a", "acquire b", "acquire b", "settle b", "forget a");
  }

  @Test
  void waiting_renewsWhatIsHeld_atHalfOfItsLease() throws InterruptedException {
    LockSet set = BOTH.lease(ofSeconds(2)).waitUpTo(ofSeconds(60));
    table.thenApplies();
    refuses(20);
    try (HeldLocks held = locks.acquireAll(set)) {
      assertThat(held.remaining()).isGreaterThanOrEqualTo(ofMillis(900));
    }
    long renewals = sent().stream().filter("renew a"::equals).count();
    assertThat(renewals).isBetween(1L, 8L);
  }

  @Test
  void heldLock_thatIsLostWhileWaiting_isWonAgain() throws InterruptedException {
    table.thenApplies();
    table.then(
        write -> {
          time.passes(ofSeconds(10));
          return new Reply.Refused(ScriptedTable.others(write, RowState.HELD));
        });
    try (HeldLocks held = locks.acquireAll(BOTH.waitUpTo(ofSeconds(60)))) {
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(sent()).startsWith("acquire a", "acquire b", "forget a", "acquire a", "acquire b");
  }

  @Test
  void heldLock_thatIsLostWhileWaiting_isAnError_whereThereIsNoTimeLeft() {
    table.thenApplies();
    table.then(
        write -> {
          time.passes(ofSeconds(10));
          return new Reply.Applied(new Seen.NoRow(), false);
        });
    LockSet set = LockSet.of("a", "b").lease(ofSeconds(8)).waitUpTo(ofSeconds(5));
    assertThatThrownBy(() -> locks.acquireAll(set)).isInstanceOf(LockException.class);
    assertThat(sent()).endsWith("settle b", "forget a");
  }

  @Test
  void lastLock_thatComesAfterTheFirstOneIsLost_isGivenBack() {
    table.then(
        write -> {
          time.passes(ofSeconds(6));
          return new Reply.Applied(new Seen.NoRow(), false);
        });
    table.then(
        write -> {
          time.passes(ofSeconds(6));
          return new Reply.Applied(new Seen.NoRow(), false);
        });
    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(() -> locks.acquireAll(BOTH.waitUpTo(ofSeconds(0))))
        .withMessageContaining("lock 'a'");
    assertThat(sent()).containsExactly("acquire a", "acquire b", "forget b", "forget a");
  }

  @Test
  void renewalThatIsRefused_meansThatTheLockIsWonAgain() throws InterruptedException {
    table.thenApplies();
    table.then(
        write -> {
          time.passes(ofSeconds(6));
          return new Reply.Refused(ScriptedTable.others(write, RowState.HELD));
        });
    refuses(1);
    refuses(1);
    try (HeldLocks held = locks.acquireAll(BOTH)) {
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(sent())
        .startsWith("acquire a", "acquire b", "renew a", "acquire a", "acquire a", "acquire b");
  }

  @Test
  void renewalThatIsThrottled_isTriedAgain_eachTimeSooner() throws InterruptedException {
    table.thenApplies();
    table.then(
        write -> {
          time.passes(ofSeconds(6));
          return new Reply.Refused(ScriptedTable.others(write, RowState.HELD));
        });
    for (int i = 0; i < 100; i++) {
      table.then(TogetherTest::busyOrThrottled);
    }
    assertThatThrownBy(() -> locks.acquireAll(BOTH.waitUpTo(ofSeconds(9))))
        .isInstanceOf(LockException.class);
    assertThat(sent().stream().filter("renew a"::equals).count()).isBetween(4L, 60L);
  }

  private static Reply busyOrThrottled(Write write) {
    return write instanceof Write.Renew
        ? new Reply.Failed(Fault.THROTTLED, false, new LockTableException("told to", null))
        : new Reply.Refused(ScriptedTable.others(write, RowState.HELD));
  }

  @Test
  void renewalThatIsDenied_endsTheAttempt_andGivesBack() {
    table.thenApplies();
    table.then(
        write -> {
          time.passes(ofSeconds(6));
          return new Reply.Refused(ScriptedTable.others(write, RowState.HELD));
        });
    table.then(TogetherTest::busyOrDenied).then(TogetherTest::busyOrDenied);
    assertThatThrownBy(() -> locks.acquireAll(BOTH)).hasMessage("denied");
    assertThat(sent()).endsWith("renew a", "forget a");
  }

  private static Reply busyOrDenied(Write write) {
    return write instanceof Write.Renew
        ? new Reply.Failed(Fault.PERMANENT, false, new LockTableException("denied", null))
        : new Reply.Refused(ScriptedTable.others(write, RowState.HELD));
  }

  @Test
  void interruptedThread_sendsNothing() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> locks.acquireAll(BOTH)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(table.sent()).isEmpty();
  }

  @Test
  void interruptBetweenTwoLocks_givesBackTheFirst() {
    table.then(
        write -> {
          Thread.currentThread().interrupt();
          return new Reply.Applied(new Seen.NoRow(), false);
        });
    assertThatThrownBy(() -> locks.acquireAll(BOTH))
        .isInstanceOf(InterruptedException.class)
        .hasMessage("interrupted while acquiring lock 'b'");
    assertThat(sent()).containsExactly("acquire a", "forget a");
  }

  @Test
  void interruptWhileWaiting_givesBackTheFirst() {
    table.thenApplies();
    refuses(1);
    time.interruptNextSleep();
    assertThatThrownBy(() -> locks.acquireAll(BOTH)).isInstanceOf(InterruptedException.class);
    assertThat(sent()).containsExactly("acquire a", "acquire b", "forget a");
  }

  @Test
  void interruptInACall_givesBackBoth() {
    table.thenApplies();
    table.then(
        write -> {
          Thread.currentThread().interrupt();
          return new Reply.Failed(
              Fault.INTERRUPTED, true, new LockTableException("interrupted", null));
        });
    assertThatThrownBy(() -> locks.acquireAll(BOTH)).isInstanceOf(InterruptedException.class);
    assertThat(sent()).containsExactly("acquire a", "acquire b", "settle b", "forget a");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void callAll_returnsWhatTheWorkReturns_andReleases() throws InterruptedException {
    int count = locks.callAll(BOTH, leases -> leases.names().size());
    assertThat(count).isEqualTo(2);
    assertThat(sent()).endsWith("forget b", "forget a");
  }

  @Test
  void callAll_passesTheWorksExceptionThrough_andReleases() {
    IOException thrown = new IOException("disk full");
    assertThatThrownBy(
            () ->
                locks.callAll(
                    BOTH,
                    leases -> {
                      throw thrown;
                    }))
        .isSameAs(thrown)
        .hasNoSuppressedExceptions();
    assertThat(sent()).endsWith("forget b", "forget a");
  }
}
