package dev.holdfast.lock.internal.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.internal.protocol.HolderInfo;
import dev.holdfast.lock.internal.protocol.IdempotencyData;
import dev.holdfast.lock.internal.protocol.LeaseTerm;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.StoredValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class RowReaderTest {
  private static final IdempotencyData IDEMPOTENCY =
      new IdempotencyData("hash", new StoredValue.Text("shipped"));

  private static final LockRow FULL_ROW =
      new LockRow(
          "order-1",
          RowState.HELD,
          new RowVersion("AbCdEfGhIjKlMnOpQrStUv", 1_800_000_000_000_000L, 3),
          new LeaseTerm(900_000, 1_800_000_900_000L, 1_000L, 1_800_087_300L),
          new HolderInfo(
              "ship-orders $LATEST 8e4b2f60-0000-0000-0000-000000000000",
              "e-1",
              1_800L,
              IDEMPOTENCY),
          12_345L);

  @Test
  void fullRow_roundTrips() {
    assertThat(RowReader.snapshot(RowWriter.toItem(FULL_ROW))).isEqualTo(FULL_ROW);
  }

  @Test
  void rowWithoutOptionalAttributes_roundTrips() {
    LeaseTerm leaseTerm = new LeaseTerm(1_000, 5, null, null);
    LockRow row =
        new LockRow(
            "a",
            RowState.FREE,
            FULL_ROW.version(),
            leaseTerm,
            new HolderInfo("h", null, 0, IdempotencyData.NONE));
    assertThat(RowWriter.toItem(row))
        .doesNotContainKeys("skew_ms", "ttl", "event", "payload_hash", "result", "wait_ms");
    assertThat(RowReader.snapshot(RowWriter.toItem(row))).isEqualTo(row);
  }

  @Test
  void fullRow_isSmallerThan400Bytes() {
    int bytes =
        RowWriter.toItem(FULL_ROW).entrySet().stream()
            .mapToInt(e -> size(e.getKey()) + size(e.getValue()))
            .sum();
    assertThat(bytes).isLessThan(400);
  }

  private static int size(AttributeValue value) {
    return value.s() == null ? value.n().length() / 2 + 2 : size(value.s());
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void resultOfBytes_roundTrips() {
    HolderInfo holderInfo =
        new HolderInfo(
            "h", null, 0, new IdempotencyData(null, StoredValue.Bytes.of(new byte[] {1, 0})));
    LockRow row =
        new LockRow("a", RowState.COMPLETED, FULL_ROW.version(), FULL_ROW.leaseTerm(), holderInfo);
    assertThat(RowWriter.toItem(row))
        .containsEntry("result", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 0})));
    assertThat(RowReader.snapshot(RowWriter.toItem(row))).isEqualTo(row);
  }

  @Test
  void resultOfAnotherType_makesTheRowUnrecognized() {
    assertUnrecognized(
        "result", AttributeValue.fromN("1"), "its result is neither a text nor bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "-1",
    "1.5",
    "99999999999999999999999999999999999999",
    "-99999999999999999999999999999999999999",
    "253402300800000",
    "1E+125",
  })
  void hintOutOfRange_isIgnored(String number) {
    assertWithoutHint(AttributeValue.fromN(number));
  }

  @Test
  void hintOfAnotherType_isIgnored() {
    assertWithoutHint(AttributeValue.fromS("900"));
    assertWithoutHint(AttributeValue.fromBool(true));
    assertWithoutHint(AttributeValue.fromNul(true));
  }

  private static void assertWithoutHint(AttributeValue hint) {
    Map<String, AttributeValue> item = new HashMap<>(RowWriter.toItem(FULL_ROW));
    item.put("wait_ms", hint);
    LockRow expected =
        new LockRow(
            FULL_ROW.name(),
            FULL_ROW.state(),
            FULL_ROW.version(),
            FULL_ROW.leaseTerm(),
            FULL_ROW.holderInfo());
    assertThat(RowReader.snapshot(item)).isEqualTo(expected);
  }

  @Test
  void noItem_isNoRow() {
    assertThat(RowReader.snapshot(Map.of())).isEqualTo(new RowSnapshot.NoRow());
  }

  @ParameterizedTest
  @CsvSource({
    "format,     2,              its format is 2",
    "format,     1.5,            its format is 1.5",
    "token,      -1,             'its token is -1, allowed is 0 to 4611686018427387903'",
    "token,      1.5,            'its token is 1.5, not a whole number'",
    "version,    99999999999999999999999999999999999999, its version is 999",
    "lease_ms,   999,            'its lease_ms is 999, allowed is 1000 to 86400000'",
    "lease_ms,   86400001,       'its lease_ms is 86400001, allowed is 1000 to 86400000'",
    "expires_at, 253402300800000, its expires_at is 253402300800000",
    "skew_ms,    -3,             its skew_ms is -3",
    "ttl,        -3,             its ttl is -3",
    "acquired_at, -3,            its acquired_at is -3",
  })
  void numberOutOfRange_makesTheRowUnrecognized(String attribute, String number, String reason) {
    assertUnrecognized(attribute, AttributeValue.fromN(number), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "format,     it has no format number",
    "token,      its token is not a number",
    "lease_ms,   its lease_ms is not a number",
    "skew_ms,    its skew_ms is not a number",
  })
  void stringInsteadOfNumber_makesTheRowUnrecognized(String attribute, String reason) {
    assertUnrecognized(attribute, AttributeValue.fromS("7"), reason);
  }

  @ParameterizedTest
  @CsvSource({"nonce", "holder", "event", "state", "resource_id"})
  void numberInsteadOfString_makesTheRowUnrecognized(String attribute) {
    assertUnrecognized(attribute, AttributeValue.fromN("7"), "its " + attribute + " is not a text");
  }

  @Test
  void unknownState_makesTheRowUnrecognized() {
    assertUnrecognized(
        "state", AttributeValue.fromS("held"), "its state is not one of HELD, FREE, COMPLETED");
  }

  @Test
  void malformedNumber_makesTheRowUnrecognized() {
    assertUnrecognized("token", AttributeValue.fromN("many"), "its token is not a number");
  }

  @ParameterizedTest
  @CsvSource({
    "format,      it has no format number",
    "state,       its state is missing",
    "nonce,       its nonce is missing",
    "token,       its token is not a number",
    "version,     its version is not a number",
    "lease_ms,    its lease_ms is not a number",
    "expires_at,  its expires_at is not a number",
    "holder,      its holder is missing",
    "acquired_at, its acquired_at is not a number",
  })
  void missingAttribute_makesTheRowUnrecognized(String attribute, String reason) {
    Map<String, AttributeValue> item = new HashMap<>(RowWriter.toItem(FULL_ROW));
    item.remove(attribute);
    assertThat(((RowSnapshot.UnrecognizedRow) RowReader.snapshot(item)).reason()).isEqualTo(reason);
  }

  private static void assertUnrecognized(String attribute, AttributeValue value, String reason) {
    Map<String, AttributeValue> item = new HashMap<>(RowWriter.toItem(FULL_ROW));
    item.put(attribute, value);
    RowSnapshot snapshot = RowReader.snapshot(item);
    assertThat(snapshot).isInstanceOf(RowSnapshot.UnrecognizedRow.class);
    assertThat(((RowSnapshot.UnrecognizedRow) snapshot).reason()).startsWith(reason);
  }
}
