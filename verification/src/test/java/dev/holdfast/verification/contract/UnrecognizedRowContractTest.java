package dev.holdfast.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.ReleaseOutcome;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Operations of the lock on rows that it must not change, on every table. {@code
 * -Dholdfast.contract.rows=1000} takes all kinds of rows instead of a sample; {@link
 * EveryUnrecognizedRowTest} always does, on the simulated table.
 */
@OnEveryTable
class UnrecognizedRowContractTest extends UnrecognizedRowScenarios {
  private static final int ROWS = Integer.getInteger("holdfast.contract.rows", 12);

  UnrecognizedRowContractTest(ContractTable table) {
    super(table);
  }

  static Stream<UnrecognizedRow> rows() {
    return UnrecognizedRow.sample(ROWS);
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

  /** Tests that the row with the largest token does not become unreadable by its next holder. */
  @Test
  void rowWithLargestToken_isAcquiredAndTransferred_andIsRefusedFromThenOn() {
    Map<String, AttributeValue> row = UnrecognizedRow.valid().withKey(name);
    row.put("token", AttributeValue.fromN("253402300799999999"));
    table.put(row);

    HeldLock giver = host.acquire(name);
    giver.renew();
    HeldLock receiver = other.lockClient().resume(giver.transfer());
    receiver.renew();
    assertThat(receiver.fencingToken().value()).isEqualTo(253_402_300_800_000_001L);
    assertUnrecognized(name, () -> host.lockClient().tryAcquire(name));
    assertThat(receiver.release()).isEqualTo(ReleaseOutcome.RELEASED);

    Map<String, AttributeValue> marker = row();
    assertUnrecognized(name, () -> host.lockClient().tryAcquire(name));
    assertThatThrownBy(() -> host.lockClient().tryAcquire(name))
        .hasMessageContaining(
            "its token is 253402300800000001, allowed is 0 to 253402300799999999");
    assertThat(row()).isEqualTo(marker);
  }

  @Test
  void tokenThatIsTooLarge_isForgotten_onceTheRowIsDeleted() {
    Map<String, AttributeValue> row = UnrecognizedRow.valid().withKey(name);
    row.put("token", AttributeValue.fromN("4611686018427387903"));
    table.put(row);
    assertUnrecognized(name, () -> host.lockClient().tryAcquire(name));
    table.delete(name);

    assertThat(host.acquire(name).fencingToken().value()).isLessThan(253_402_300_800_000_000L);
  }

  /** Tests a number with a fraction, which no condition can detect. */
  @Test
  void freeRow_withFractionalNumber_isNotAcquired_andBecomesMarker() {
    Map<String, AttributeValue> row = UnrecognizedRow.valid().withKey(name);
    row.put("version", AttributeValue.fromN("1.5"));
    table.put(row);

    assertUnrecognized(name, () -> host.lockClient().tryAcquire(name));

    assertThat(stringAttribute("state")).isEqualTo("FREE");
    assertThat(other.acquire(name).isHeld()).isTrue();
  }
}
