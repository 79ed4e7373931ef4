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
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every kind of row that is not ours to touch meets every operation that can meet it. */
@OnEveryTable
class UnrecognizedRowContractTest extends ContractFixture {
  private static final String ALL_ROWS = "dev.holdfast.verification.contract.UnrecognizedRow#all";

  private final Host host = host("host");
  private final Host other = host("other");
  private final String permit = name + "#permit-1";
  private final String neighbour = name + "/neighbour";

  UnrecognizedRowContractTest(ContractTable table) {
    super(table);
  }

  @AfterEach
  void deleteOtherRows() {
    table.delete(permit);
    table.delete(neighbour);
  }

  @Test
  void unrecognizedRow_isReported_withItsFlaw() {
    table.put(
        Map.of("resource_id", AttributeValue.fromS(name), "format", AttributeValue.fromN("7")));

    assertThatThrownBy(() -> host.lockClient().tryAcquire(name))
        .hasMessageContaining("its format is 7");
  }

  @Test
  void validRow_isAcquired() {
    table.put(UnrecognizedRow.valid().withKey(name));
    assertThat(host.acquire(name).isHeld()).isTrue();
  }

  @ParameterizedTest
  @MethodSource(ALL_ROWS)
  void acquire_ofUnrecognizedRow_failsAtOnce_andLeavesRow(UnrecognizedRow unrecognized) {
    Map<String, AttributeValue> row = storeRow(unrecognized.withKey(name));

    assertUnrecognized(name, () -> host.lockClient().tryAcquire(name));
    assertUnrecognized(name, () -> host.lockClient().acquire(LockRequest.of(name)));

    assertThat(time.wallTime()).isEqualTo(NOON);
    assertThat(row()).isEqualTo(row);
  }

  @ParameterizedTest
  @MethodSource(ALL_ROWS)
  void unrecognizedRow_afterManyLeases_isNotTakenOver(UnrecognizedRow unrecognized) {
    Map<String, AttributeValue> row = storeRow(unrecognized.withKey(name));

    for (int i = 0; i < 3; i++) {
      assertUnrecognized(name, () -> host.lockClient().acquire(LockRequest.of(name)));
      time.advance(LEASE_DURATION.multipliedBy(2));
    }

    assertThat(row()).isEqualTo(row);
  }

  @ParameterizedTest
  @MethodSource(ALL_ROWS)
  void semaphore_withUnrecognizedPermitRow_fails_andDoesNotTryNextPermit(
      UnrecognizedRow unrecognized) {
    Map<String, AttributeValue> row = storeRow(unrecognized.withKey(permit));

    assertUnrecognized(permit, () -> host.lockClient().tryAcquire(LockRequest.of(name).permits(1)));

    assertThat(table.row(permit)).contains(row);
  }

  @ParameterizedTest
  @MethodSource(ALL_ROWS)
  void multiLock_withUnrecognizedRow_fails_andReleasesOtherLocks(UnrecognizedRow unrecognized) {
    Map<String, AttributeValue> row = storeRow(unrecognized.withKey(neighbour));

    assertUnrecognized(
        neighbour, () -> host.lockClient().acquireAll(MultiLockRequest.of(name, neighbour)));

    assertThat(table.row(neighbour)).contains(row);
    assertThat(other.acquire(name).isHeld()).isTrue();
  }

  @ParameterizedTest
  @MethodSource(ALL_ROWS)
  void waiter_whenHolderRowIsReplaced_failsAtOnce(UnrecognizedRow unrecognized) {
    other.acquire(name);
    time.runAfter(Duration.ofSeconds(2), () -> table.put(unrecognized.withKey(name)));

    assertUnrecognized(name, () -> host.lockClient().acquire(LockRequest.of(name)));

    assertThat(time.wallTime()).isBetween(NOON.plusSeconds(2), NOON.plusSeconds(4));
    assertThat(row()).isEqualTo(storeRow(unrecognized.withKey(name)));
  }

  @ParameterizedTest
  @MethodSource(ALL_ROWS)
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
  @MethodSource(ALL_ROWS)
  void resume_whenRowIsReplaced_fails_andLeavesRow(UnrecognizedRow unrecognized) {
    String transfer = host.acquire(name).transfer();
    Map<String, AttributeValue> row = storeRow(unrecognized.withKey(name));

    assertUnrecognized(name, () -> other.lockClient().resume(transfer));

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void renew_ofRowWithNewerFormat_isLost_andLeavesRow() {
    HeldLock renewed = host.acquire(name);
    Map<String, AttributeValue> row = new HashMap<>(row());
    row.put("format", AttributeValue.fromN("2"));
    storeRow(row);

    assertThatThrownBy(renewed::renew).isInstanceOf(LockLostException.class);
    renewed.close();

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void resume_ofRowWithNewerFormat_fails_andLeavesRow() {
    String transfer = host.acquire(name).transfer();
    Map<String, AttributeValue> row = new HashMap<>(row());
    row.put("format", AttributeValue.fromN("2"));
    storeRow(row);

    assertUnrecognized(name, () -> other.lockClient().resume(transfer));

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void renew_ofTamperedOwnRow_succeeds_andRestoresRow() {
    HeldLock held = host.acquire(name);
    Map<String, AttributeValue> row = new HashMap<>(row());
    row.put("lease_ms", AttributeValue.fromN("-1"));
    row.remove("holder");
    table.put(row);

    held.renew();

    assertThat(numberAttribute("lease_ms")).isEqualTo(LEASE_DURATION.toMillis());
    assertThat(stringAttribute("holder")).isEqualTo("host");
    assertThat(other.expectBusy(name).description()).isEqualTo("host");
  }

  /** No condition can tell whether a number is whole. */
  @Test
  void freeRow_withFractionalNumber_isNotAcquired_andBecomesMarker() {
    Map<String, AttributeValue> row = UnrecognizedRow.valid().withKey(name);
    row.put("version", AttributeValue.fromN("1.5"));
    table.put(row);

    assertUnrecognized(name, () -> host.lockClient().tryAcquire(name));

    assertThat(stringAttribute("state")).isEqualTo("FREE");
    assertThat(other.acquire(name).isHeld()).isTrue();
  }

  private HeldLock acquireAfresh() {
    table.delete(name);
    return host.acquire(name);
  }

  private Map<String, AttributeValue> storeRow(Map<String, AttributeValue> row) {
    table.put(row);
    return row;
  }

  private static void assertUnrecognized(String name, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOf(UnrecognizedRowException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("is left as it is");
  }
}
