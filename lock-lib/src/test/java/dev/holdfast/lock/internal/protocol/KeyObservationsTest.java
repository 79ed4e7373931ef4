package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.Timeline.LEASE_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyObservationsTest {
  private final Timeline t = Timeline.tryAcquire();

  @Test
  void restoredRow_continuesTheWatch() {
    Timeline t = Timeline.tryAcquire();
    LockRow row = t.otherRow(RowState.HELD, "theirs", 0);
    KeyObservations first = KeyObservations.EMPTY.afterReply(new Reply.Rejected(row), t.now());
    t.advance(3_000);
    LockRow restored = row.withToken(row.version().token() + 7);
    KeyObservations second = first.afterReply(new Reply.Rejected(restored), t.now());
    assertThat(second.watchedLease()).isEqualTo(first.watchedLease());
    assertThat(second.highestToken()).isEqualTo(restored.version().token());
  }

  @Test
  void rejection_startsAWatch_whichTheSameRowContinues() {
    LockRow row = t.otherRow(RowState.HELD, "theirs", 0);
    KeyObservations first = KeyObservations.EMPTY.afterReply(new Reply.Rejected(row), t.now());
    KeyObservations second = first.afterReply(new Reply.Rejected(row), t.advance(500).now());
    assertThat(second.watchedLease()).isEqualTo(first.watchedLease());
    assertThat(second.highestToken()).isEqualTo(row.version().token());
  }

  @Test
  void rowThatIsNotHeld_endsTheWatch() {
    KeyObservations watched =
        KeyObservations.EMPTY.afterReply(
            new Reply.Rejected(t.otherRow(RowState.HELD, "theirs", 0)), t.now());
    KeyObservations after =
        watched.afterReply(new Reply.Rejected(t.otherRow(RowState.FREE, "theirs", 0)), t.now());
    assertThat(after.watchedLease()).isNull();
  }

  @Test
  void replyWithoutRow_changesNothing() {
    KeyObservations observations = KeyObservations.EMPTY.withOrphans(Set.of("a"));
    assertThat(observations.afterReply(new Reply.Rejected(new RowSnapshot.NoRow()), t.now()))
        .isEqualTo(observations);
    assertThat(observations.afterReply(new Reply.Applied(new RowSnapshot.NoRow(), false), t.now()))
        .isEqualTo(observations);
  }

  @Test
  void smallerToken_doesNotReplaceALargerOne() {
    LockRow later = t.otherRow(RowState.FREE, "later", 0);
    KeyObservations observations =
        KeyObservations.EMPTY.afterReply(new Reply.Rejected(later), t.now());
    Timeline behind = Timeline.tryAcquire().jumpWallClock(-5_000);
    LockRow earlier = behind.otherRow(RowState.FREE, "earlier", 0);
    assertThat(observations.afterReply(new Reply.Rejected(earlier), t.now()).highestToken())
        .isEqualTo(later.version().token());
  }

  @Test
  void watchedLease_isATakeoverCandidateAfterLeasePlusDrift_notBefore() {
    LockRow row = t.otherRow(RowState.HELD, "theirs", 0);
    KeyObservations observations =
        KeyObservations.EMPTY.afterReply(new Reply.Rejected(row), t.now());
    assertThat(observations.takeoverCandidate(t.advance(LEASE_MILLIS + 9).now(), Timeline.BOUNDED))
        .isNull();
    assertThat(observations.takeoverCandidate(t.advance(1).now(), Timeline.BOUNDED))
        .isEqualTo(row.version());
  }

  @Test
  void watchedLease_afterTheMonotonicClockRestarted_isNoTakeoverCandidate() {
    LockRow row = t.otherRow(RowState.HELD, "theirs", 0);
    KeyObservations observations =
        KeyObservations.EMPTY.afterReply(new Reply.Rejected(row), t.advance(500_000).now());
    ClockReading restored = new ClockReading(t.now().wallMicros(), 0);
    assertThat(observations.takeoverCandidate(restored, Timeline.BOUNDED)).isNull();
  }

  @Test
  void acquire_withoutContention_keepsNothing() {
    Hold hold = t.start().applied().acquiredHold();
    assertThat(KeyObservations.EMPTY.afterAcquire(hold, Set.of())).isEqualTo(KeyObservations.EMPTY);
  }

  @Test
  void acquire_endsTheWatch_andKeepsTokenAndOrphans() {
    KeyObservations observations =
        KeyObservations.EMPTY
            .withOrphans(Set.of("a"))
            .afterReply(new Reply.Rejected(t.otherRow(RowState.HELD, "theirs", 0)), t.now());
    Hold hold = t.start().applied().acquiredHold();
    assertThat(observations.afterAcquire(hold, Set.of("b")))
        .isEqualTo(new KeyObservations(null, Set.of("a", "b"), hold.row().version().token(), null));
  }

  @Test
  void orphans_withNoneAdded_stay() {
    KeyObservations observations = KeyObservations.EMPTY.withOrphans(Set.of("a"));
    assertThat(observations.withOrphans(Set.of()).orphans()).containsExactly("a");
  }

  @Test
  void orphans_areBounded_andTheNewestAreKept() {
    Set<String> many = numbered("old", 64);
    KeyObservations observations =
        KeyObservations.EMPTY.withOrphans(many).withOrphans(Set.of("new"));
    assertThat(observations.orphans()).hasSize(64).contains("new");
    assertThatThrownBy(() -> new KeyObservations(null, numbered("x", 65), 0, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("orphans must be at most 64, got 65");
  }

  private static Set<String> numbered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.toSet());
  }
}
