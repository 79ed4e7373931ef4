package dev.holdfast.lock.internal.engine;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.internal.protocol.Reply.FailureKind;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.Write;
import org.junit.jupiter.api.Test;

class HeldMultiLockTest {
  private final ScriptedLockStore store = new ScriptedLockStore();
  private final ManualTimeSource timeSource = new ManualTimeSource();
  private final HeldMultiLock locks = acquire();

  private HeldMultiLock acquire() {
    try {
      return DefaultLockClient.create(store)
          .withTimeSource(timeSource)
          .acquireAll(MultiLockRequest.of("a", "b", "c"));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void names_areSorted_andEachLockHasItsOwnLease() {
    assertThat(locks.names()).containsExactly("a", "b", "c");
    assertThat(locks.lease("b").name()).isEqualTo("b");
    assertThat(locks.lease("b").fencingToken()).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> locks.lease("d"))
        .withMessage("name must be one of [a, b, c], got 'd'");
  }

  @Test
  void remaining_isThatOfTheLockThatExpiresFirst() {
    timeSource.advance(ofSeconds(4));
    ((HeldLock) locks.lease("a")).renew();
    assertThat(locks.remaining()).isEqualTo(ofMillis(9_990 - 4_000));
  }

  @Test
  void isHeld_afterOneLockIsLost_isFalse() {
    store.thenRejects(w -> ScriptedLockStore.otherRow(w, RowState.HELD));
    assertThatThrownBy(() -> ((HeldLock) locks.lease("b")).renew())
        .isInstanceOf(LockLostException.class);
    assertThat(locks.isHeld()).isFalse();
    assertThat(locks.remaining()).isZero();
    assertThatThrownBy(locks::ensureHeld)
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("'b'");
    assertThat(locks.lease("a").isHeld()).isTrue();
  }

  @Test
  void ensureHeld_whileAllAreHeld_doesNotThrow() {
    locks.ensureHeld();
    assertThat(locks.isHeld()).isTrue();
  }

  @Test
  void renew_ofAllLocks_sendsOneWriteEach() {
    timeSource.advance(ofSeconds(4));
    locks.renew();
    assertThat(store.writes().subList(3, 6)).allMatch(Write.Renew.class::isInstance);
    assertThat(locks.remaining()).isEqualTo(ofMillis(9_990));
    locks.renew(ofSeconds(20));
    assertThat(locks.remaining()).isEqualTo(ofMillis(19_980));
    assertThatIllegalArgumentException().isThrownBy(() -> locks.renew(ofSeconds(0)));
    assertThat(store.writes()).hasSize(9);
  }

  @Test
  void renew_whenOneFails_renewsTheOthersAndThrowsTheFirstFailure() {
    timeSource.advance(ofSeconds(4));
    store.thenFails(FailureKind.PERMANENT, false);
    store.thenRejects(w -> ScriptedLockStore.otherRow(w, RowState.HELD));
    assertThatThrownBy(locks::renew)
        .isInstanceOf(LockTableException.class)
        .satisfies(
            e -> assertThat(e.getSuppressed()).hasOnlyElementsOfType(LockLostException.class));
    assertThat(locks.lease("c").remaining()).isEqualTo(ofMillis(9_990));
  }

  @Test
  void release_ofAllLocks_sendsOneWriteEachInReverseOrder() {
    assertThat(locks.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(store.writes().subList(3, 6)).extracting(Write::name).containsExactly("c", "b", "a");
  }

  @Test
  void release_whenOneFails_releasesTheOthersAndMayBeRetried() {
    store.thenApplies().thenFails(FailureKind.PERMANENT, false);
    assertThatThrownBy(locks::release).isInstanceOf(LockTableException.class);
    assertThat(store.writes().subList(3, 6)).extracting(Write::name).containsExactly("c", "b", "a");
    assertThat(locks.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(store.writes().subList(6, 7)).extracting(Write::name).containsExactly("b");
  }

  @Test
  void release_withDifferentOutcomes_returnsTheWorst() {
    store.thenApplies().alwaysFails(FailureKind.NO_REPLY, true);
    assertThat(locks.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
  }

  @Test
  void release_afterRelease_isRefused() {
    locks.release();
    assertThatThrownBy(locks::release)
        .isInstanceOf(LockClosedException.class)
        .hasMessageStartingWith("lock 'a', 'b', 'c': cannot release them");
  }

  @Test
  void close_whenOneFails_releasesTheOthersAndDoesNotThrow() {
    store.thenFails(FailureKind.PERMANENT, false);
    locks.close();
    assertThat(store.writes().subList(3, 6)).extracting(Write::name).containsExactly("c", "b", "a");
    locks.close();
    assertThat(store.writes()).hasSize(6);
  }

  @Test
  void toString_showsEachLock() {
    assertThat(locks)
        .asString()
        .startsWith("HeldMultiLock[HeldLock[a, it is held")
        .contains("[c, ");
  }
}
