package dev.holdfast.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
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
