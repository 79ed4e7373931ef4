package dev.holdfast.verification.contract;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.UnrecognizedRowException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@OnEveryTable
class MultiLockContractTest extends ContractFixture {
  private final Host first = host("first");
  private final Host second = host("second");
  private final String a = name + "/a";
  private final String b = name + "/b";
  private final String c = name + "/c";
  private final MultiLockRequest request = MultiLockRequest.of(c, a, b);

  MultiLockContractTest(ContractTable table) {
    super(table);
  }

  @AfterEach
  void deleteMembers() {
    table.delete(a);
    table.delete(b);
    table.delete(c);
  }

  private void assertFree(String... names) {
    for (String free : names) {
      second.acquire(free).close();
    }
  }

  @Test
  void freeNames_areAllAcquired_andAllReleased() throws Exception {
    try (HeldMultiLock held = first.lockClient().acquireAll(request)) {
      assertThat(held.isHeld()).isTrue();
      assertThat(held.names()).containsExactly(a, b, c);
      for (String each : held.names()) {
        assertThat(second.expectBusy(each).description()).isEqualTo("first");
      }
    }
    assertFree(a, b, c);
  }

  @Test
  void oneHeldName_failsMultiLock_atSharedDeadline_andLeavesNothingHeld() {
    first.acquire(c).renew(ofSeconds(60));

    assertThatThrownBy(() -> second.lockClient().acquireAll(request.maxWait(ofSeconds(4))))
        .isInstanceOf(LockUnavailableException.class)
        .hasMessageContaining(c)
        .hasMessageContaining("4 s");

    assertThat(Duration.between(NOON, time.wallTime())).isEqualTo(ofSeconds(4));
    assertFree(a, b);
  }

  @Test
  void oneCompletedName_failsMultiLock_andLeavesNothingHeld() {
    first.acquire(b).complete(ofSeconds(60));

    assertThatThrownBy(() -> second.lockClient().acquireAll(request))
        .isInstanceOf(AlreadyCompletedException.class);

    assertFree(a, c);
  }

  @Test
  void oneUnrecognizedRow_failsMultiLock_andLeavesNothingHeld() {
    Map<String, AttributeValue> unrecognized =
        Map.of("resource_id", AttributeValue.fromS(b), "x", AttributeValue.fromS("y"));
    table.put(unrecognized);

    assertThatThrownBy(() -> second.lockClient().acquireAll(request))
        .isInstanceOf(UnrecognizedRowException.class)
        .hasMessageContaining(b);

    assertThat(table.row(b)).contains(unrecognized);
    assertFree(a, c);
  }

  @Test
  void longWaitForLastName_keepsFirstLocksRenewed() throws Exception {
    HeldLock held = first.acquire(c);
    held.renew(ofMinutes(2));
    time.runAfter(ofSeconds(47), held::release);

    try (HeldMultiLock multiLock = second.lockClient().acquireAll(request.maxWait(ofSeconds(60)))) {
      assertThat(time.wallTime()).isBetween(NOON.plusSeconds(47), NOON.plusSeconds(48));
      assertThat(multiLock.isHeld()).isTrue();
      assertThat(multiLock.remaining()).isGreaterThan(LEASE_DURATION.dividedBy(2).minusMillis(10));
      assertThat(first.expectBusy(a).description()).isEqualTo("second");
    }
  }

  @Test
  void crashedHolderOfOneName_isReplaced_afterLeaseAndMaxSkew() throws Exception {
    first.acquire(b);
    time.advance(ofSeconds(3));

    try (HeldMultiLock multiLock = second.lockClient().acquireAll(request)) {
      assertThat(multiLock.isHeld()).isTrue();
      var takeover = NOON.plus(LEASE_DURATION).plus(MAX_SKEW);
      assertThat(time.wallTime()).isBetween(takeover, takeover.plusMillis(1));
    }
  }

  @Test
  void overlappingMultiLocks_areAcquiredOneAfterTheOther() throws Exception {
    HeldMultiLock held = first.lockClient().acquireAll(MultiLockRequest.of(b, a));
    time.runAfter(ofSeconds(2), held::release);

    try (HeldMultiLock multiLock = second.lockClient().acquireAll(MultiLockRequest.of(c, b))) {
      assertThat(multiLock.isHeld()).isTrue();
      assertThat(time.wallTime()).isBetween(NOON.plusSeconds(2), NOON.plusMillis(2_500));
    }
  }

  @Test
  void fencingTokens_arePerLock() throws Exception {
    HeldLock earlier = first.acquire(b);
    var token = earlier.fencingToken();
    earlier.release();

    try (HeldMultiLock multiLock = second.lockClient().acquireAll(request)) {
      assertThat(multiLock.lease(b).fencingToken()).isGreaterThan(token);
    }
  }
}
