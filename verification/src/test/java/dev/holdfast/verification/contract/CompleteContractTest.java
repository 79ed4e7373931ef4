package dev.holdfast.verification.contract;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.PayloadMismatchException;
import dev.holdfast.lock.StoredResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryTable
class CompleteContractTest extends ContractFixture {
  private static final Duration RETENTION = ofHours(1);

  private final Host first = host("first");
  private final Host second = host("second");

  CompleteContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void completion_isReported_withinRetention() {
    first.acquire(LockRequest.of(name).event("order-placed/1")).complete(RETENTION);

    Completion completion = second.expectCompleted(name);

    assertThat(completion.name()).isEqualTo(name);
    assertThat(completion.event()).contains("order-placed/1");
    assertThat(completion.expiresAt()).isEqualTo(NOON.plus(RETENTION));
    assertThat(stringAttribute("state")).isEqualTo("COMPLETED");
  }

  @Test
  void acquire_ofCompletedName_failsAtOnce() {
    first.acquire(name).complete(RETENTION);

    var alreadyCompleted =
        catchThrowableOfType(
            AlreadyCompletedException.class,
            () -> second.lockClient().acquire(LockRequest.of(name)));

    assertThat(alreadyCompleted.completion().expiresAt()).isEqualTo(NOON.plus(RETENTION));
    assertThat(time.wallTime()).isEqualTo(NOON);
  }

  @Test
  void completedName_canBeAcquired_afterRetention_andNotBefore() {
    HeldLock lock = first.acquire(name);
    long token = lock.fencingToken().value();
    lock.complete(RETENTION);

    time.advance(RETENTION.minusMillis(1));
    second.expectCompleted(name);
    time.advance(ofMillis(1));

    assertThat(second.acquire(name).fencingToken().value()).isGreaterThan(token);
  }

  @Test
  void close_afterComplete_keepsCompletion() {
    HeldLock lock = first.acquire(name);
    lock.complete(RETENTION);
    lock.close();

    second.expectCompleted(name);
    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void complete_afterTakeover_isLost_andLeavesSuccessor() {
    HeldLock lock = first.acquire(name);
    time.advance(LEASE_DURATION.plus(MAX_SKEW));
    second.acquire(name);
    var row = row();

    assertThatThrownBy(() -> lock.complete(RETENTION)).isInstanceOf(LockLostException.class);

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void complete_ofDeletedRow_isLost_andWritesNoRow() {
    HeldLock lock = first.acquire(name);
    table.delete(name);

    assertThatThrownBy(() -> lock.complete(RETENTION)).isInstanceOf(LockLostException.class);

    assertThat(table.row(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999S"})
  void retention_belowMinimum_isRejected_andLockStaysHeld(Duration retention) {
    HeldLock lock = first.acquire(name);

    assertThatThrownBy(() -> lock.complete(retention))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("retention must be 1 s to 3660 days, got " + retention);
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void storedResult_isReturnedToDuplicates_withinRetention() {
    first.acquire(name).complete(ofSeconds(60), StoredResult.of("{\"shipped\":42}"));

    assertThat(second.expectCompleted(name).result()).contains(StoredResult.of("{\"shipped\":42}"));

    time.advance(ofSeconds(60));
    second.acquire(name);
    assertThat(row()).doesNotContainKey("result");
  }

  @Test
  void storedResult_ofBytes_isReturnedToDuplicates() {
    byte[] bytes = {0, -1, 1, 127};
    first.acquire(name).complete(ofSeconds(60), StoredResult.of(bytes));
    assertThat(second.expectCompleted(name).result().orElseThrow().bytes()).isEqualTo(bytes);
  }

  @Test
  void largestStoredResult_fitsIntoRow() {
    String largest = "x".repeat(350 * 1_024);
    first.acquire(name).complete(ofSeconds(60), StoredResult.of(largest).withMaxBytes(350 * 1_024));
    assertThat(second.expectCompleted(name).result().flatMap(StoredResult::text)).contains(largest);
  }

  @Test
  void sameNameWithOtherPayloadHash_isMismatch_andLeavesRow() {
    first.acquire(LockRequest.of(name).payloadHash("h-1")).complete(ofSeconds(60));
    assertThatThrownBy(
            () -> second.lockClient().tryAcquire(LockRequest.of(name).payloadHash("h-2")))
        .isInstanceOf(PayloadMismatchException.class);
    assertThat(stringAttribute("payload_hash")).isEqualTo("h-1");
    assertThat(stringAttribute("state")).isEqualTo("COMPLETED");
  }
}
