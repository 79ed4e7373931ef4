package dev.holdfast.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.UnrecognizedRowException;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Operations of the lock on rows that it must not change. A subclass provides the rows. */
abstract class UnrecognizedRowScenarios extends ContractFixture {
  private static final String ROWS = "rows";

  final Host host = host("host");
  final Host other = host("other");
  private final String permit = name + "#permit-1";
  private final String neighbour = name + "/neighbour";

  UnrecognizedRowScenarios(ContractTable table) {
    super(table);
  }

  @AfterEach
  void deleteOtherRows() {
    table.delete(permit);
    table.delete(neighbour);
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void acquire_ofUnrecognizedRow_failsAtOnce_andLeavesRow(UnrecognizedRow unrecognized) {
    Map<String, AttributeValue> row = storeRow(unrecognized.withKey(name));

    assertUnrecognized(name, () -> host.lockClient().tryAcquire(name));
    assertUnrecognized(name, () -> host.lockClient().acquire(LockRequest.of(name)));

    assertThat(time.wallTime()).isEqualTo(NOON);
    assertThat(row()).isEqualTo(row);
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void unrecognizedRow_afterManyLeases_isNotTakenOver(UnrecognizedRow unrecognized) {
    Map<String, AttributeValue> row = storeRow(unrecognized.withKey(name));

    for (int i = 0; i < 3; i++) {
      assertUnrecognized(name, () -> host.lockClient().acquire(LockRequest.of(name)));
      time.advance(LEASE_DURATION.multipliedBy(2));
    }

    assertThat(row()).isEqualTo(row);
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void semaphore_withUnrecognizedPermitRow_fails_andDoesNotTryNextPermit(
      UnrecognizedRow unrecognized) {
    Map<String, AttributeValue> row = storeRow(unrecognized.withKey(permit));

    assertUnrecognized(permit, () -> host.lockClient().tryAcquire(LockRequest.of(name).permits(1)));

    assertThat(table.row(permit)).contains(row);
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void multiLock_withUnrecognizedRow_fails_andReleasesOtherLocks(UnrecognizedRow unrecognized) {
    Map<String, AttributeValue> row = storeRow(unrecognized.withKey(neighbour));

    assertUnrecognized(
        neighbour, () -> host.lockClient().acquireAll(MultiLockRequest.of(name, neighbour)));

    assertThat(table.row(neighbour)).contains(row);
    assertThat(other.acquire(name).isHeld()).isTrue();
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void waiter_whenHolderRowIsReplaced_failsAtOnce(UnrecognizedRow unrecognized) {
    other.acquire(name);
    time.runAfter(Duration.ofSeconds(2), () -> table.put(unrecognized.withKey(name)));

    assertUnrecognized(name, () -> host.lockClient().acquire(LockRequest.of(name)));

    assertThat(time.wallTime()).isBetween(NOON.plusSeconds(2), NOON.plusSeconds(4));
    assertThat(row()).isEqualTo(storeRow(unrecognized.withKey(name)));
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void holder_whenRowIsReplaced_isLost_andLeavesRow(UnrecognizedRow unrecognized) {
    HeldLock renewed = host.acquire(name);
    Map<String, AttributeValue> row = storeRow(unrecognized.withKey(name));
    assertThatExceptionOfType(LockLostException.class).isThrownBy(renewed::renew);
    assertThat(renewed.isHeld()).isFalse();
    renewed.close();
    assertThat(row()).isEqualTo(row);

    HeldLock completed = acquireAfresh();
    storeRow(row);
    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(() -> completed.complete(Duration.ofSeconds(60)));
    assertThat(row()).isEqualTo(row);

    HeldLock released = acquireAfresh();
    storeRow(row);
    released.release();
    assertThat(row()).isEqualTo(row);

    HeldLock marked = acquireAfresh();
    marked.fencingToken();
    storeRow(row);
    marked.close();
    assertThat(row()).isEqualTo(row);
  }

  @ParameterizedTest
  @MethodSource(ROWS)
  void resume_whenRowIsReplaced_fails_andLeavesRow(UnrecognizedRow unrecognized) {
    String transfer = host.acquire(name).transfer();
    Map<String, AttributeValue> row = storeRow(unrecognized.withKey(name));

    assertUnrecognized(name, () -> other.lockClient().resume(transfer));

    assertThat(row()).isEqualTo(row);
  }

  private HeldLock acquireAfresh() {
    table.delete(name);
    return host.acquire(name);
  }

  final Map<String, AttributeValue> storeRow(Map<String, AttributeValue> row) {
    table.put(row);
    return row;
  }

  static void assertUnrecognized(String name, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOf(UnrecognizedRowException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("is not changed");
  }
}
