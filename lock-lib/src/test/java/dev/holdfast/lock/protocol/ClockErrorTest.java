package dev.holdfast.lock.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.protocol.ClockError.Beyond;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockErrorTest {
  private static final long NOON_MILLIS = 2_000_000_000_000L;
  private static final ClockBounds BOUNDED = new ClockBounds(1_000L, 1, true);

  /** True time, in milliseconds since noon, and a host whose clock is off. */
  private static ClockReading host(long trueMillis, long offMillis) {
    return new ClockReading((NOON_MILLIS + trueMillis + offMillis) * 1_000, trueMillis * 1_000_000);
  }

  /** The header that a service makes at a true time, in whole seconds. */
  private static long header(long trueMillis) {
    return Math.floorDiv(NOON_MILLIS + trueMillis, 1_000) * 1_000;
  }

  private static ClockError replied(ClockError known, long trueMillis, long offMillis) {
    return known.after(
        host(trueMillis, offMillis), host(trueMillis + 10, offMillis), header(trueMillis + 5));
  }

  @ParameterizedTest
  @ValueSource(longs = {-5_000, -4_000, -3_600_000})
  void clockFarBehind_isFlaggedByTheFirstReply(long off) {
    ClockError error = replied(ClockError.UNKNOWN, 300, off);
    assertThat(error.beyond(host(320, off), BOUNDED))
        .hasValueSatisfying(
            beyond ->
                assertThat(((Beyond.Behind) beyond).millisMin())
                    .isBetween(-off - 2_600, -off + 1_100));
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000, 4_000, 3_600_000})
  void clockFarAhead_isFlaggedByTheFirstReply(long off) {
    ClockError error = replied(ClockError.UNKNOWN, 300, off);
    assertThat(error.beyond(host(320, off), BOUNDED))
        .hasValueSatisfying(beyond -> assertThat(beyond).isInstanceOf(Beyond.Ahead.class));
  }

  @Test
  void clockOffByLessThanHalfTheBound_isNeverFlagged_whateverAFrontEndDoesToTheHeader() {
    Random random = new Random(7);
    for (long off = -400; off <= 400; off += 25) {
      ClockError error = ClockError.UNKNOWN;
      for (long at = 0; at < 600_000; at += 1 + random.nextInt(4_000)) {
        long took = random.nextInt(2_000);
        long made = at + random.nextInt((int) took + 1);
        long served = header(made - random.nextInt(1_001));
        error = error.after(host(at, off), host(at + took, off), served);
        assertThat(error.beyond(host(at + took, off), BOUNDED)).as("off by %s", off).isEmpty();
      }
    }
  }

  @Test
  void manyReplies_narrowTheBounds() {
    ClockError error = ClockError.UNKNOWN;
    for (long at = 0; at < 10_000; at += 130) {
      error = replied(error, at, -1_800);
    }
    assertThat(error.beyond(host(10_000, -1_800), BOUNDED)).isPresent();
    assertThat(replied(ClockError.UNKNOWN, 985, -1_800).beyond(host(1_000, -1_800), BOUNDED))
        .as("one reply is not enough for so little")
        .isEmpty();
  }

  @Test
  void clockThatIsCorrected_isTrustedAgain_withTheNextReplyAtTheLatest() {
    ClockError off = replied(ClockError.UNKNOWN, 0, 5_000);
    assertThat(off.beyond(host(20, 0), BOUNDED)).as("the clock was set: forgotten").isEmpty();
    assertThat(replied(off, 1_000, 0).beyond(host(1_020, 0), BOUNDED)).isEmpty();
  }

  @Test
  void clockThatIsCorrectedSlowly_isTrustedAgain() {
    ClockError error = ClockError.UNKNOWN;
    for (long at = 0; at <= 500_000; at += 1_000) {
      error = replied(error, at, Math.max(0, 4_000 - at / 100));
    }
    assertThat(error.beyond(host(500_020, 0), BOUNDED)).isEmpty();
  }

  /** As a time daemon may: up to 100 ms in a second, less than what two calls are forgiven. */
  @ParameterizedTest
  @ValueSource(longs = {-4_000, 4_000})
  void clockThatIsSlewed_isNeverSaidToBeFurtherOffThanItIs(long off) {
    ClockError error = ClockError.UNKNOWN;
    for (long at = 0; at <= 40_000; at += 400) {
      long slewed = off - Long.signum(off) * Math.min(4_000, at / 10);
      error = replied(error, at, slewed);
      long really = Math.abs(slewed);
      long said = error.beyond(host(at + 10, slewed), BOUNDED).map(Beyond::millisMin).orElse(0L);
      assertThat(said).as("at %d ms", at).isLessThanOrEqualTo(really);
    }
  }

  @Test
  void contradiction_theNewestReplyCounts() {
    ClockError error = ClockError.UNKNOWN;
    for (long at = 0; at < 5_000; at += 500) {
      error = replied(error, at, 0);
    }
    error = error.after(host(5_000, 0), host(5_010, 0), header(5_000) - 10_000);
    assertThat(error.beyond(host(5_020, 0), BOUNDED))
        .hasValueSatisfying(beyond -> assertThat(beyond).isInstanceOf(Beyond.Ahead.class));
  }

  @Test
  void missingHeader_changesNothing() {
    ClockError known = replied(ClockError.UNKNOWN, 0, 0);
    assertThat(known.after(host(100, 0), host(110, 0), null)).isSameAs(known);
  }

  @Test
  void slowCall_changesNothing() {
    ClockError known = replied(ClockError.UNKNOWN, 0, 0);
    assertThat(known.after(host(100, 0), host(5_101, 0), header(100) - 60_000)).isSameAs(known);
  }

  @Test
  void callInWhichTheClockWasSet_changesNothing() {
    ClockError known = replied(ClockError.UNKNOWN, 0, 0);
    assertThat(known.after(host(100, 0), host(200, 60), header(100) - 60_000)).isSameAs(known);
  }

  @Test
  void knowledge_isForgottenAfterMinutes() {
    ClockError error = replied(ClockError.UNKNOWN, 0, 5_000);
    assertThat(error.beyond(host(299_000, 5_000), BOUNDED)).isPresent();
    assertThat(error.beyond(host(301_000, 5_000), BOUNDED)).isEmpty();
  }

  @Test
  void knowledge_isForgottenWhereTheClocksDisagree_asAfterARestoredSnapshot() {
    ClockError error = replied(ClockError.UNKNOWN, 0, 5_000);
    ClockReading restored = new ClockReading(host(3_600_000, 5_000).wallMicros(), 20_000_000);
    assertThat(error.beyond(restored, BOUNDED)).isEmpty();
  }

  @Test
  void noClockTrusted_nothingIsBeyond() {
    ClockError error = replied(ClockError.UNKNOWN, 0, 3_600_000);
    assertThat(error.beyond(host(20, 3_600_000), new ClockBounds(null, 1, false))).isEmpty();
  }

  @Test
  void absurdHeaders_doNotOverflow() {
    ClockError error = ClockError.UNKNOWN.after(host(0, 0), host(10, 0), Long.MIN_VALUE / 4);
    assertThat(error.beyond(host(20, 0), BOUNDED)).isPresent();
    assertThat(replied(error, 100, 0).beyond(host(120, 0), BOUNDED)).isEmpty();
  }
}
