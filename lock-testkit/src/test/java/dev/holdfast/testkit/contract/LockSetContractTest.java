package dev.holdfast.testkit.contract;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.ForeignRowException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldLocks;
import dev.holdfast.lock.LockSet;
import dev.holdfast.lock.LockUnavailableException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@OnEveryTable
class LockSetContractTest extends Contract {
  private final Host first = host("first");
  private final Host second = host("second");
  private final String a = name + "/a";
  private final String b = name + "/b";
  private final String c = name + "/c";
  private final LockSet all = LockSet.of(c, a, b);

  LockSetContractTest(ContractTable table) {
    super(table);
  }

  @AfterEach
  void deleteMembers() {
    table.delete(a);
    table.delete(b);
    table.delete(c);
  }

  private void assertNobodyHolds(String... names) {
    for (String free : names) {
      second.wins(free).close();
    }
  }

  @Test
  void freeNames_areAllHeld_andAllReleased() throws Exception {
    try (HeldLocks held = first.locks().acquireAll(all)) {
      assertThat(held.isHeld()).isTrue();
      assertThat(held.names()).containsExactly(a, b, c);
      for (String each : held.names()) {
        assertThat(second.findsBusy(each).description()).isEqualTo("first");
      }
    }
    assertNobodyHolds(a, b, c);
  }

  @Test
  void oneThatStaysHeld_failsTheSet_atOneDeadlineForAll_andLeavesNothingHeld() {
    first.wins(c).renew(ofSeconds(60));

    assertThatThrownBy(() -> second.locks().acquireAll(all.waitUpTo(ofSeconds(4))))
        .isInstanceOf(LockUnavailableException.class)
        .hasMessageContaining(c)
        .hasMessageContaining("4 s");

    assertThat(Duration.between(NOON, time.wall())).isEqualTo(ofSeconds(4));
    assertNobodyHolds(a, b);
  }

  @Test
  void oneThatWasDone_failsTheSet_andLeavesNothingHeld() {
    first.wins(b).complete(ofSeconds(60));

    assertThatThrownBy(() -> second.locks().acquireAll(all))
        .isInstanceOf(AlreadyDoneException.class);

    assertNobodyHolds(a, c);
  }

  @Test
  void oneThatIsForeign_failsTheSet_andLeavesNothingHeld() {
    Map<String, AttributeValue> foreign =
        Map.of("resource_id", AttributeValue.fromS(b), "x", AttributeValue.fromS("y"));
    table.put(foreign);

    assertThatThrownBy(() -> second.locks().acquireAll(all))
        .isInstanceOf(ForeignRowException.class)
        .hasMessageContaining(b);

    assertThat(table.row(b)).contains(foreign);
    assertNobodyHolds(a, c);
  }

  @Test
  void longWaitForTheLast_findsTheFirstStillHeld_andMoreThanHalfValid() throws Exception {
    HeldLock held = first.wins(c);
    held.renew(ofMinutes(2));
    time.after(ofSeconds(47), held::release);

    try (HeldLocks locks = second.locks().acquireAll(all.waitUpTo(ofSeconds(60)))) {
      assertThat(time.wall()).isBetween(NOON.plusSeconds(47), NOON.plusSeconds(48));
      assertThat(locks.isHeld()).isTrue();
      assertThat(locks.remaining()).isGreaterThan(LEASE.dividedBy(2).minusMillis(10));
      assertThat(first.findsBusy(a).description()).isEqualTo("second");
    }
  }

  @Test
  void crashedHolderOfOne_isReplaced_onceItsLeaseAndTheSkewBoundArePast() throws Exception {
    first.wins(b);
    time.advance(ofSeconds(3));

    try (HeldLocks locks = second.locks().acquireAll(all)) {
      assertThat(locks.isHeld()).isTrue();
      var takeOver = NOON.plus(LEASE).plus(SKEW);
      assertThat(time.wall()).isBetween(takeOver, takeOver.plusMillis(1));
    }
  }

  @Test
  void overlappingSets_followEachOther() throws Exception {
    HeldLocks held = first.locks().acquireAll(LockSet.of(b, a));
    time.after(ofSeconds(2), held::release);

    try (HeldLocks locks = second.locks().acquireAll(LockSet.of(c, b))) {
      assertThat(locks.isHeld()).isTrue();
      assertThat(time.wall()).isBetween(NOON.plusSeconds(2), NOON.plusMillis(2_500));
    }
  }

  @Test
  void tokens_areEachLocksOwn() throws Exception {
    HeldLock earlier = first.wins(b);
    var token = earlier.fencingToken();
    earlier.release();

    try (HeldLocks locks = second.locks().acquireAll(all)) {
      assertThat(locks.lease(b).fencingToken()).isGreaterThan(token);
    }
  }
}
