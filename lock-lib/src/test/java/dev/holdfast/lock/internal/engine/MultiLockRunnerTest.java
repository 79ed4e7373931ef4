package dev.holdfast.lock.internal.engine;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.UnrecognizedRowException;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.Reply.FailureKind;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.Write;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MultiLockRunnerTest {
  private static final MultiLockRequest BOTH = MultiLockRequest.of("b", "a");

  private final ScriptedLockStore store = new ScriptedLockStore();
  private final ManualTimeSource timeSource = new ManualTimeSource();
  private final LockClient client = DefaultLockClient.create(store).withTimeSource(timeSource);

  private List<String> sentWrites() {
    return store.writes().stream().map(MultiLockRunnerTest::text).toList();
  }

  private static String text(Write write) {
    return write.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + write.name();
  }

  private void rejectNext(int times) {
    for (int i = 0; i < times; i++) {
      store.thenRejects(w -> ScriptedLockStore.otherRow(w, RowState.HELD));
    }
  }

  @Test
  void requestFor_copiesEveryOption() {
    MultiLockRequest request =
        MultiLockRequest.of("b", "a")
            .leaseDuration(ofSeconds(7))
            .maxWait(ofSeconds(3))
            .event("e-1")
            .holder("me")
            .requestDeadline(ofSeconds(20));
    assertThat(MultiLockRunner.requestFor(request, "a"))
        .isEqualTo(
            LockRequest.of("a")
                .leaseDuration(ofSeconds(7))
                .maxWait(ofSeconds(3))
                .event("e-1")
                .holder("me")
                .requestDeadline(ofSeconds(20)));
  }

  @Test
  void acquireAll_ofFreeLocks_sendsOneWriteEachAndReleasesInReverseOrder()
      throws InterruptedException {
    client.acquireAll(BOTH).close();
    assertThat(sentWrites()).containsExactly("acquire a", "acquire b", "delete b", "delete a");
  }

  @Test
  void acquireAll_ofAHeldLockWithoutWait_releasesTheOthers() {
    store.thenApplies();
    rejectNext(1);
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> client.acquireAll(BOTH.maxWait(ofSeconds(0))))
        .withMessageStartingWith("lock 'b' is held by other host")
        .withMessageContaining("waited up to 0 s");
    assertThat(sentWrites()).containsExactly("acquire a", "acquire b", "delete a");
  }

  @Test
  void acquireAll_ofCompletedWork_releasesTheOthers() {
    store.thenApplies().thenRejects(w -> ScriptedLockStore.otherRow(w, RowState.COMPLETED));
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(() -> client.acquireAll(BOTH))
        .withMessageStartingWith("'b' was completed before");
    assertThat(sentWrites()).containsExactly("acquire a", "acquire b", "delete a");
  }

  @Test
  void acquireAll_ofAnUnrecognizedRow_releasesTheOthers() {
    store.thenApplies().thenRejects(w -> new RowSnapshot.UnrecognizedRow("its format is 2"));
    assertThatExceptionOfType(UnrecognizedRowException.class)
        .isThrownBy(() -> client.acquireAll(BOTH))
        .withMessageStartingWith("the row with key 'b'");
    assertThat(sentWrites()).containsExactly("acquire a", "acquire b", "delete a");
  }

  @Test
  void acquireAll_onAPermanentFault_releasesTheOthersAndThrowsTheFault() {
    store
        .thenApplies()
        .thenFails(FailureKind.PERMANENT, false)
        .thenFails(FailureKind.PERMANENT, false);
    assertThatThrownBy(() -> client.acquireAll(BOTH))
        .isInstanceOf(LockTableException.class)
        .hasNoSuppressedExceptions();
    assertThat(sentWrites()).containsExactly("acquire a", "acquire b", "delete a");
  }

  @Test
  void acquireAll_whenOneReleaseFails_releasesTheOthers() {
    store.thenApplies().thenApplies();
    rejectNext(1);
    store.thenFails(FailureKind.PERMANENT, false);
    MultiLockRequest three = MultiLockRequest.of("a", "b", "c").maxWait(ofSeconds(0));
    assertThatThrownBy(() -> client.acquireAll(three)).isInstanceOf(LockUnavailableException.class);
    assertThat(sentWrites()).endsWith("acquire c", "delete b", "delete a");
  }

  @Test
  void acquireAll_whileThrottled_backsOffAndAcquires() throws InterruptedException {
    store
        .thenApplies()
        .thenFails(FailureKind.THROTTLED, false)
        .thenFails(FailureKind.THROTTLED, false);
    try (HeldMultiLock held = client.acquireAll(BOTH)) {
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(sentWrites()).startsWith("acquire a", "acquire b", "acquire b", "acquire b");
  }

  @Test
  void acquireAll_afterALostReply_resendsTheWrite() throws InterruptedException {
    store.thenApplies().thenFails(FailureKind.NO_REPLY, true);
    try (HeldMultiLock held = client.acquireAll(BOTH)) {
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(store.writes().get(2)).isEqualTo(store.writes().get(1));
  }

  @Test
  void acquireAll_withoutAReply_releasesAllLocks() {
    store.thenApplies().thenFails(FailureKind.NO_REPLY, true).thenFails(FailureKind.NO_REPLY, true);
    assertThatThrownBy(() -> client.acquireAll(BOTH.maxWait(ofSeconds(0))))
        .isInstanceOf(LockTableException.class);
    assertThat(sentWrites())
        .containsExactly("acquire a", "acquire b", "acquire b", "end b", "delete a");
  }

  @Test
  void acquireAll_whileWaiting_renewsHeldLocksAtHalfTheirLease() throws InterruptedException {
    MultiLockRequest request = BOTH.leaseDuration(ofSeconds(2)).maxWait(ofSeconds(60));
    store.thenApplies();
    rejectNext(20);
    try (HeldMultiLock held = client.acquireAll(request)) {
      assertThat(held.remaining()).isGreaterThanOrEqualTo(ofMillis(900));
    }
    long renewals = sentWrites().stream().filter("renew a"::equals).count();
    assertThat(renewals).isBetween(1L, 8L);
  }

  @Test
  void heldLock_lostWhileWaiting_isAcquiredAgain() throws InterruptedException {
    store.thenApplies();
    store.thenReplies(
        write -> {
          timeSource.advance(ofSeconds(10));
          return new Reply.Rejected(ScriptedLockStore.otherRow(write, RowState.HELD));
        });
    try (HeldMultiLock held = client.acquireAll(BOTH.maxWait(ofSeconds(60)))) {
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(sentWrites())
        .startsWith("acquire a", "acquire b", "delete a", "acquire a", "acquire b");
  }

  @Test
  void heldLock_lostAfterMaxWait_throws() {
    store.thenApplies();
    store.thenReplies(
        write -> {
          timeSource.advance(ofSeconds(10));
          return new Reply.Applied(new RowSnapshot.NoRow(), false);
        });
    MultiLockRequest request =
        MultiLockRequest.of("a", "b").leaseDuration(ofSeconds(8)).maxWait(ofSeconds(5));
    assertThatThrownBy(() -> client.acquireAll(request)).isInstanceOf(LockException.class);
    assertThat(sentWrites()).endsWith("end b", "delete a");
  }

  @Test
  void lastLock_acquiredAfterTheFirstIsLost_isReleased() {
    store.thenReplies(
        write -> {
          timeSource.advance(ofSeconds(6));
          return new Reply.Applied(new RowSnapshot.NoRow(), false);
        });
    store.thenReplies(
        write -> {
          timeSource.advance(ofSeconds(6));
          return new Reply.Applied(new RowSnapshot.NoRow(), false);
        });
    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(() -> client.acquireAll(BOTH.maxWait(ofSeconds(0))))
        .withMessageContaining("lock 'a'");
    assertThat(sentWrites()).containsExactly("acquire a", "acquire b", "delete b", "delete a");
  }

  @Test
  void renewal_rejectedWhileWaiting_acquiresTheLockAgain() throws InterruptedException {
    store.thenApplies();
    store.thenReplies(
        write -> {
          timeSource.advance(ofSeconds(6));
          return new Reply.Rejected(ScriptedLockStore.otherRow(write, RowState.HELD));
        });
    rejectNext(1);
    rejectNext(1);
    try (HeldMultiLock held = client.acquireAll(BOTH)) {
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(sentWrites())
        .startsWith("acquire a", "acquire b", "renew a", "acquire a", "acquire a", "acquire b");
  }

  @Test
  void renewal_throttledWhileWaiting_isRetriedSoonerEachTime() throws InterruptedException {
    store.thenApplies();
    store.thenReplies(
        write -> {
          timeSource.advance(ofSeconds(6));
          return new Reply.Rejected(ScriptedLockStore.otherRow(write, RowState.HELD));
        });
    for (int i = 0; i < 100; i++) {
      store.thenReplies(MultiLockRunnerTest::busyOrThrottled);
    }
    assertThatThrownBy(() -> client.acquireAll(BOTH.maxWait(ofSeconds(9))))
        .isInstanceOf(LockException.class);
    assertThat(sentWrites().stream().filter("renew a"::equals).count()).isBetween(4L, 60L);
  }

  private static Reply busyOrThrottled(Write write) {
    return write instanceof Write.Renew
        ? new Reply.Failed(FailureKind.THROTTLED, false, new LockTableException("throttled", null))
        : new Reply.Rejected(ScriptedLockStore.otherRow(write, RowState.HELD));
  }

  @Test
  void renewal_deniedWhileWaiting_throwsAndReleases() {
    store.thenApplies();
    store.thenReplies(
        write -> {
          timeSource.advance(ofSeconds(6));
          return new Reply.Rejected(ScriptedLockStore.otherRow(write, RowState.HELD));
        });
    store
        .thenReplies(MultiLockRunnerTest::busyOrDenied)
        .thenReplies(MultiLockRunnerTest::busyOrDenied);
    assertThatThrownBy(() -> client.acquireAll(BOTH)).hasMessage("denied");
    assertThat(sentWrites()).endsWith("renew a", "delete a");
  }

  private static Reply busyOrDenied(Write write) {
    return write instanceof Write.Renew
        ? new Reply.Failed(FailureKind.PERMANENT, false, new LockTableException("denied", null))
        : new Reply.Rejected(ScriptedLockStore.otherRow(write, RowState.HELD));
  }

  @Test
  void acquireAll_byAnInterruptedThread_sendsNothing() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> client.acquireAll(BOTH)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(store.writes()).isEmpty();
  }

  @Test
  void acquireAll_interruptedBetweenTwoLocks_releasesTheFirst() {
    store.thenReplies(
        write -> {
          Thread.currentThread().interrupt();
          return new Reply.Applied(new RowSnapshot.NoRow(), false);
        });
    assertThatThrownBy(() -> client.acquireAll(BOTH))
        .isInstanceOf(InterruptedException.class)
        .hasMessage("interrupted while acquiring lock 'b'");
    assertThat(sentWrites()).containsExactly("acquire a", "delete a");
  }

  @Test
  void acquireAll_interruptedWhileWaiting_releasesTheFirst() {
    store.thenApplies();
    rejectNext(1);
    timeSource.interruptNextSleep();
    assertThatThrownBy(() -> client.acquireAll(BOTH)).isInstanceOf(InterruptedException.class);
    assertThat(sentWrites()).containsExactly("acquire a", "acquire b", "delete a");
  }

  @Test
  void acquireAll_interruptedDuringARequest_releasesBoth() {
    store.thenApplies();
    store.thenReplies(
        write -> {
          Thread.currentThread().interrupt();
          return new Reply.Failed(
              FailureKind.INTERRUPTED, true, new LockTableException("interrupted", null));
        });
    assertThatThrownBy(() -> client.acquireAll(BOTH)).isInstanceOf(InterruptedException.class);
    assertThat(sentWrites()).containsExactly("acquire a", "acquire b", "end b", "delete a");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void callAll_afterTheWork_returnsItsResultAndReleases() throws InterruptedException {
    int count = client.callAll(BOTH, lease -> lease.names().size());
    assertThat(count).isEqualTo(2);
    assertThat(sentWrites()).endsWith("delete b", "delete a");
  }

  @Test
  void callAll_whenTheWorkThrows_rethrowsAndReleases() {
    IOException thrown = new IOException("disk full");
    assertThatThrownBy(
            () ->
                client.callAll(
                    BOTH,
                    lease -> {
                      throw thrown;
                    }))
        .isSameAs(thrown)
        .hasNoSuppressedExceptions();
    assertThat(sentWrites()).endsWith("delete b", "delete a");
  }
}
