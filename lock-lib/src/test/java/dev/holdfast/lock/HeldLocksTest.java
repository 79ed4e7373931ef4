package dev.holdfast.lock;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.protocol.Reply.Fault;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Write;
import org.junit.jupiter.api.Test;

class HeldLocksTest {
  private final ScriptedTable table = new ScriptedTable();
  private final HandTime time = new HandTime();
  private final HeldLocks held = acquired();

  private HeldLocks acquired() {
    try {
      return Locks.on(table).withTime(time).acquireAll(LockSet.of("a", "b", "c"));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void names_areInOrder_andEachHasItsOwnLease() {
    assertThat(held.names()).containsExactly("a", "b", "c");
    assertThat(held.lease("b").name()).isEqualTo("b");
    assertThat(held.lease("b").fencingToken()).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> held.lease("d"))
        .withMessage("name must be one of [a, b, c], got 'd'");
  }

  @Test
  void remaining_isThatOfTheEarliest() {
    time.passes(ofSeconds(4));
    ((HeldLock) held.lease("a")).renew();
    assertThat(held.remaining()).isEqualTo(ofMillis(9_990 - 4_000));
  }

  @Test
  void one_thatIsLost_meansThatTheyAreNotHeld() {
    table.thenRefuses(w -> ScriptedTable.others(w, RowState.HELD));
    assertThatThrownBy(() -> ((HeldLock) held.lease("b")).renew())
        .isInstanceOf(LockLostException.class);
    assertThat(held.isHeld()).isFalse();
    assertThat(held.remaining()).isZero();
    assertThatThrownBy(held::ensureHeld)
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("'b'");
    assertThat(held.lease("a").isHeld()).isTrue();
  }

  @Test
  void ensureHeld_passes_whileAllAreHeld() {
    held.ensureHeld();
    assertThat(held.isHeld()).isTrue();
  }

  @Test
  void renew_isOneWriteEach() {
    time.passes(ofSeconds(4));
    held.renew();
    assertThat(table.sent().subList(3, 6)).allMatch(Write.Renew.class::isInstance);
    assertThat(held.remaining()).isEqualTo(ofMillis(9_990));
    held.renew(ofSeconds(20));
    assertThat(held.remaining()).isEqualTo(ofMillis(19_980));
    assertThatIllegalArgumentException().isThrownBy(() -> held.renew(ofSeconds(0)));
    assertThat(table.sent()).hasSize(9);
  }

  @Test
  void renew_goesOn_whenOneFails_andThrowsTheFirstFailure() {
    time.passes(ofSeconds(4));
    table.thenFails(Fault.PERMANENT, false);
    table.thenRefuses(w -> ScriptedTable.others(w, RowState.HELD));
    assertThatThrownBy(held::renew)
        .isInstanceOf(LockTableException.class)
        .satisfies(
            e -> assertThat(e.getSuppressed()).hasOnlyElementsOfType(LockLostException.class));
    assertThat(held.lease("c").remaining()).isEqualTo(ofMillis(9_990));
  }

  @Test
  void release_isOneWriteEach_lastFirst() {
    assertThat(held.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(table.sent().subList(3, 6)).extracting(Write::name).containsExactly("c", "b", "a");
  }

  @Test
  void release_goesOn_whenOneFails_andMayBeRepeatedForThatOne() {
    table.thenApplies().thenFails(Fault.PERMANENT, false);
    assertThatThrownBy(held::release).isInstanceOf(LockTableException.class);
    assertThat(table.sent().subList(3, 6)).extracting(Write::name).containsExactly("c", "b", "a");
    assertThat(held.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(table.sent().subList(6, 7)).extracting(Write::name).containsExactly("b");
  }

  @Test
  void release_tellsTheWorstOutcome() {
    table.thenApplies().thenFails(Fault.NO_ANSWER, true).thenFails(Fault.NO_ANSWER, true);
    assertThat(held.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
  }

  @Test
  void releaseAfterRelease_isRefused() {
    held.release();
    assertThatThrownBy(held::release)
        .isInstanceOf(LockClosedException.class)
        .hasMessageStartingWith("lock 'a', 'b', 'c': cannot release them");
  }

  @Test
  void close_neverThrows_andReleasesAll_thoughOneFails() {
    table.thenFails(Fault.PERMANENT, false);
    held.close();
    assertThat(table.sent().subList(3, 6)).extracting(Write::name).containsExactly("c", "b", "a");
    held.close();
    assertThat(table.sent()).hasSize(6);
  }

  @Test
  void toString_namesEach() {
    assertThat(held).asString().startsWith("HeldLocks[HeldLock[a, it is held").contains("[c, ");
  }
}
