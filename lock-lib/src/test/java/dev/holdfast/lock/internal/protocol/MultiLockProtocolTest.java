package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.internal.protocol.MultiLockProtocol.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultiLockProtocolTest {
  private static final long MAX_REQUEST_MILLIS = 3_600_000;
  private static final long VALIDITY = Timeline.BOUNDED.validityNanos(Timeline.LEASE_MILLIS);
  private static final long HALF_VALIDITY = VALIDITY / 2;

  private final Timeline t = Timeline.tryAcquire();

  private static AcquireSpec spec(String name) {
    return new AcquireSpec(name, Timeline.LEASE_MILLIS, Timeline.BOUNDED, "me", null, null);
  }

  private MultiLockProtocol waiting(long maxWaitMillis) {
    Attempt.Limits limits = new Attempt.Limits(nanos(maxWaitMillis), nanos(MAX_REQUEST_MILLIS));
    return MultiLockProtocol.start(List.of(spec("a"), spec("b"), spec("c")), limits, t.now());
  }

  private Step next(MultiLockProtocol protocol, Long... remaining) {
    return protocol.next(List.of(remaining), t.now());
  }

  private static Step.Acquire acquireStep(String name, long maxWaitNanos, long maxRequestNanos) {
    return new Step.Acquire(spec(name), new Attempt.Limits(maxWaitNanos, maxRequestNanos));
  }

  @Test
  void firstLock_waitsUntilTheDeadline() {
    assertThat(next(waiting(30_000)))
        .isEqualTo(acquireStep("a", nanos(30_000), nanos(MAX_REQUEST_MILLIS)));
  }

  @Test
  void deadline_isSharedByAllLocks() {
    MultiLockProtocol protocol = waiting(3_000).afterAcquire(t.now());
    t.advance(1_000);
    Attempt.Limits left =
        new Attempt.Limits(nanos(2_000), nanos(MAX_REQUEST_MILLIS - 1_000), nanos(1_000));
    assertThat(next(protocol, VALIDITY)).isEqualTo(new Step.Acquire(spec("b"), left));
  }

  @Test
  void nextLock_waitsUntilARenewalIsDue_ifThatIsSooner() {
    MultiLockProtocol protocol = waiting(30_000).afterAcquire(t.now()).afterAcquire(t.now());
    Step.Acquire step =
        (Step.Acquire) next(protocol, HALF_VALIDITY + nanos(700), HALF_VALIDITY + nanos(900));
    assertThat(step.spec().name()).isEqualTo("c");
    assertThat(step.limits().maxWaitNanos()).isEqualTo(nanos(700));
  }

  @Test
  void heldLock_atHalfOfItsValidity_isRenewed() {
    MultiLockProtocol protocol = waiting(30_000).afterAcquire(t.now());
    assertThat(next(protocol, HALF_VALIDITY + 1)).isInstanceOf(Step.Acquire.class);
    assertThat(next(protocol, HALF_VALIDITY)).isEqualTo(new Step.Renew(0));
  }

  @Test
  void renewals_happenInTheOrderInWhichTheyAreDue() {
    MultiLockProtocol protocol = waiting(30_000).afterAcquire(t.now()).afterAcquire(t.now());
    assertThat(next(protocol, HALF_VALIDITY - 1, HALF_VALIDITY - 2)).isEqualTo(new Step.Renew(1));
  }

  @Test
  void renewedLock_atHalfOfItsValidity_isRenewedAgain() {
    MultiLockProtocol protocol =
        waiting(30_000).afterAcquire(t.now()).afterRenewal(0, VALIDITY - nanos(3_000));
    assertThat(next(protocol, HALF_VALIDITY + 1)).isInstanceOf(Step.Acquire.class);
    assertThat(next(protocol, HALF_VALIDITY)).isEqualTo(new Step.Renew(0));
  }

  @Test
  void failedRenewal_isRetried_atHalfOfTheRemainingValidity() {
    MultiLockProtocol protocol =
        waiting(30_000).afterAcquire(t.now()).afterRenewal(0, HALF_VALIDITY - nanos(1_000));
    assertThat(next(protocol, (HALF_VALIDITY - nanos(1_000)) / 2 + 1))
        .isInstanceOf(Step.Acquire.class);
    assertThat(next(protocol, (HALF_VALIDITY - nanos(1_000)) / 2)).isEqualTo(new Step.Renew(0));
  }

  @Test
  void lostLock_isReleasedWithAllLaterLocks_andAcquiredAgain() {
    MultiLockProtocol protocol =
        waiting(30_000).afterAcquire(t.now()).afterAcquire(t.now()).afterAcquire(t.now());
    assertThat(next(protocol, VALIDITY, 0L, VALIDITY)).isEqualTo(new Step.Release(1));
    Step.Acquire next = (Step.Acquire) next(protocol.afterRelease(1, t.now()), VALIDITY);
    assertThat(next.spec().name()).isEqualTo("b");
  }

  @Test
  void lostLock_withoutTimeLeft_endsTheAttempt() {
    MultiLockProtocol protocol = waiting(1_000).afterAcquire(t.now()).afterAcquire(t.now());
    t.advance(1_000);
    assertThat(next(protocol, VALIDITY, -1L)).isEqualTo(new Step.Lost(1));
  }

  @Test
  void allHeld_endsTheAttempt_afterDueRenewals() {
    MultiLockProtocol protocol =
        waiting(30_000).afterAcquire(t.now()).afterAcquire(t.now()).afterAcquire(t.now());
    assertThat(next(protocol, VALIDITY, HALF_VALIDITY, VALIDITY)).isEqualTo(new Step.Renew(1));
    assertThat(next(protocol, VALIDITY, HALF_VALIDITY + 1, VALIDITY))
        .isEqualTo(new Step.AllAcquired());
  }

  @Test
  void afterTheDeadline_nothingIsRenewed_andEachLockIsTriedOnce() {
    MultiLockProtocol protocol = waiting(0).afterAcquire(t.now());
    assertThat(next(protocol, HALF_VALIDITY))
        .isEqualTo(acquireStep("b", Attempt.Limits.DEADLINE_PASSED, nanos(MAX_REQUEST_MILLIS)));
    MultiLockProtocol all = protocol.afterAcquire(t.now()).afterAcquire(t.now());
    assertThat(next(all, HALF_VALIDITY, VALIDITY, VALIDITY)).isEqualTo(new Step.AllAcquired());
  }

  @Test
  void busyLock_isRetried_whileTimeIsLeft() {
    AcquireStep.Outcome busy =
        (AcquireStep.Outcome)
            Timeline.tryAcquire().start().rejectedBy(t.otherRow(RowState.HELD, "x", 0)).step();
    assertThat(waiting(1_000).mayContinueAfter(busy, t.now())).isTrue();
    assertThat(waiting(0).mayContinueAfter(busy, t.now())).isFalse();
  }

  @Test
  void failedAcquire_isRetried_ifTheFailureIsTransient() {
    assertThat(mayContinueAfter(Reply.FailureKind.THROTTLED)).isTrue();
    assertThat(mayContinueAfter(Reply.FailureKind.NO_REPLY)).isTrue();
    assertThat(mayContinueAfter(Reply.FailureKind.PERMANENT)).isFalse();
    assertThat(mayContinueAfter(Reply.FailureKind.INTERRUPTED)).isFalse();
  }

  private boolean mayContinueAfter(Reply.FailureKind kind) {
    Attempt attempt = Timeline.tryAcquire().start().sendStep().next().attempt();
    AcquireStep.Outcome failed = new AcquireStep.Failed(attempt, Timeline.failure(kind, false));
    return waiting(1_000).mayContinueAfter(failed, t.now());
  }

  @Test
  void failedRenewal_endsTheAttempt_unlessTheFailureIsTransient() {
    MultiLockProtocol protocol = waiting(1_000).afterAcquire(t.now());
    assertThat(protocol.mayContinueAfter(Timeline.failure(Reply.FailureKind.THROTTLED, false)))
        .isTrue();
    assertThat(protocol.mayContinueAfter(Timeline.failure(Reply.FailureKind.PERMANENT, false)))
        .isFalse();
  }

  @Test
  void completedWork_unrecognizedRow_andExpiredLease_endTheAttempt() {
    Timeline completed =
        Timeline.tryAcquire().start().rejectedBy(t.otherRow(RowState.COMPLETED, "x", 0));
    Timeline unrecognized =
        Timeline.tryAcquire().start().rejectedBy(new RowSnapshot.UnrecognizedRow("no format"));
    Attempt attempt = ((AcquireStep.Outcome) completed.step()).attempt();
    MultiLockProtocol protocol = waiting(1_000);
    assertThat(protocol.mayContinueAfter((AcquireStep.Outcome) completed.step(), t.now()))
        .isFalse();
    assertThat(protocol.mayContinueAfter((AcquireStep.Outcome) unrecognized.step(), t.now()))
        .isFalse();
    assertThat(protocol.mayContinueAfter(new AcquireStep.LeaseExpired(attempt), t.now())).isFalse();
  }
}
