package dev.holdfast.lock.protocol;

import static dev.holdfast.lock.protocol.Timeline.LEASE_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private final Timeline t = Timeline.tryOnce();

  @Test
  void refusal_beginsAWatch_whichTheSameRowContinues() {
    LockRow row = t.others(RowState.HELD, "theirs", 0);
    Memory first = Memory.EMPTY.after(new Reply.Refused(row), t.now());
    Memory second = first.after(new Reply.Refused(row), t.passes(500).now());
    assertThat(second.watch()).isEqualTo(first.watch());
    assertThat(second.tokenSeen()).isEqualTo(row.stamp().token());
  }

  @Test
  void rowThatIsNotHeld_endsTheWatch() {
    Memory watching =
        Memory.EMPTY.after(new Reply.Refused(t.others(RowState.HELD, "theirs", 0)), t.now());
    Memory after = watching.after(new Reply.Refused(t.others(RowState.FREE, "theirs", 0)), t.now());
    assertThat(after.watch()).isNull();
  }

  @Test
  void replyWithoutARow_teachesNothing() {
    Memory memory = Memory.EMPTY.withOrphans(Set.of("a"));
    assertThat(memory.after(new Reply.Refused(new Seen.NoRow()), t.now())).isEqualTo(memory);
    assertThat(memory.after(new Reply.Applied(new Seen.NoRow(), false), t.now())).isEqualTo(memory);
  }

  @Test
  void smallerToken_doesNotReplaceALargerOne() {
    LockRow later = t.others(RowState.FREE, "later", 0);
    Memory memory = Memory.EMPTY.after(new Reply.Refused(later), t.now());
    Timeline behind = Timeline.tryOnce().wallJumps(-5_000);
    LockRow earlier = behind.others(RowState.FREE, "earlier", 0);
    assertThat(memory.after(new Reply.Refused(earlier), t.now()).tokenSeen())
        .isEqualTo(later.stamp().token());
  }

  @Test
  void watch_isRipeAfterTheLeaseAndDrift_notBefore() {
    LockRow row = t.others(RowState.HELD, "theirs", 0);
    Memory memory = Memory.EMPTY.after(new Reply.Refused(row), t.now());
    assertThat(memory.ripe(t.passes(LEASE_MILLIS + 9).now(), Timeline.BOUNDED)).isNull();
    assertThat(memory.ripe(t.passes(1).now(), Timeline.BOUNDED)).isEqualTo(row.stamp());
  }

  @Test
  void watchFromALaterMonotonicOrigin_countsNothing() {
    LockRow row = t.others(RowState.HELD, "theirs", 0);
    Memory memory = Memory.EMPTY.after(new Reply.Refused(row), t.passes(500_000).now());
    ClockReading restored = new ClockReading(t.now().wallMicros(), 0);
    assertThat(memory.ripe(restored, Timeline.BOUNDED)).isNull();
  }

  @Test
  void granted_keepsNothingOfAKeyThatNobodyContendedFor() {
    Hold hold = t.start().applied().granted();
    assertThat(Memory.EMPTY.granted(hold, Set.of())).isEqualTo(Memory.EMPTY);
  }

  @Test
  void granted_endsTheWatch_andKeepsTokenAndOrphans() {
    Memory memory =
        Memory.EMPTY
            .withOrphans(Set.of("a"))
            .after(new Reply.Refused(t.others(RowState.HELD, "theirs", 0)), t.now());
    Hold hold = t.start().applied().granted();
    assertThat(memory.granted(hold, Set.of("b")))
        .isEqualTo(new Memory(null, Set.of("a", "b"), hold.row().stamp().token(), null));
  }

  @Test
  void orphans_stay_whereNoMoreAreGivenUp() {
    Memory memory = Memory.EMPTY.withOrphans(Set.of("a"));
    assertThat(memory.withOrphans(Set.of()).orphans()).containsExactly("a");
  }

  @Test
  void orphans_areBounded_andTheNewestStay() {
    Set<String> many = numbered("old", 64);
    Memory memory = Memory.EMPTY.withOrphans(many).withOrphans(Set.of("new"));
    assertThat(memory.orphans()).hasSize(64).contains("new");
    assertThatThrownBy(() -> new Memory(null, numbered("x", 65), 0, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at most 64 orphans are remembered");
  }

  private static Set<String> numbered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.toSet());
  }
}
