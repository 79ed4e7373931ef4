package dev.holdfast.lock.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.protocol.Claimant;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Memo;
import dev.holdfast.lock.protocol.Result;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Seen;
import dev.holdfast.lock.protocol.Stamp;
import dev.holdfast.lock.protocol.Term;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemsTest {
  private static final Memo MEMO = new Memo("hash", new Result.Text("shipped"));

  private static final LockRow FULL =
      new LockRow(
          "order-1",
          RowState.HELD,
          new Stamp("AbCdEfGhIjKlMnOpQrStUv", 1_800_000_000_000_000L, 3),
          new Term(900_000, 1_800_000_900_000L, 1_000L, 1_800_087_300L),
          new Claimant(
              "ship-orders $LATEST 8e4b2f60-0000-0000-0000-000000000000", "e-1", 1_800L, MEMO),
          12_345L);

  @Test
  void fullRow_readsBackAsItWas() {
    assertThat(Items.seen(Items.item(FULL))).isEqualTo(FULL);
  }

  @Test
  void rowWithoutOptionalAttributes_readsBackAsItWas() {
    Term term = new Term(1_000, 5, null, null);
    LockRow row =
        new LockRow("a", RowState.FREE, FULL.stamp(), term, new Claimant("h", null, 0, Memo.NONE));
    assertThat(Items.item(row))
        .doesNotContainKeys("skew_ms", "ttl", "event", "payload_hash", "result", "wait_ms");
    assertThat(Items.seen(Items.item(row))).isEqualTo(row);
  }

  @Test
  void plainRow_isWellUnder400Bytes() {
    int bytes =
        Items.item(FULL).entrySet().stream()
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
  void resultOfBytes_readsBackAsItWas() {
    Claimant claimant =
        new Claimant("h", null, 0, new Memo(null, Result.Bytes.of(new byte[] {1, 0})));
    LockRow row = new LockRow("a", RowState.DONE, FULL.stamp(), FULL.term(), claimant);
    assertThat(Items.item(row))
        .containsEntry("result", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 0})));
    assertThat(Items.seen(Items.item(row))).isEqualTo(row);
  }

  @Test
  void resultOfAnotherType_makesTheRowForeign() {
    assertForeign("result", AttributeValue.fromN("1"), "its result is neither a text nor bytes");
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
  void absurdHint_isNoHint_andTheRowIsAsGoodAsAnyOther(String number) {
    assertWithoutHint(AttributeValue.fromN(number));
  }

  @Test
  void hintOfAnotherType_isNoHint_andTheRowIsAsGoodAsAnyOther() {
    assertWithoutHint(AttributeValue.fromS("900"));
    assertWithoutHint(AttributeValue.fromBool(true));
    assertWithoutHint(AttributeValue.fromNul(true));
  }

  private static void assertWithoutHint(AttributeValue hint) {
    Map<String, AttributeValue> item = new HashMap<>(Items.item(FULL));
    item.put("wait_ms", hint);
    LockRow expected =
        new LockRow(FULL.name(), FULL.state(), FULL.stamp(), FULL.term(), FULL.claimant());
    assertThat(Items.seen(item)).isEqualTo(expected);
  }

  @Test
  void noItem_isNoRow() {
    assertThat(Items.seen(Map.of())).isEqualTo(new Seen.NoRow());
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
  void absurdNumber_makesTheRowForeign(String attribute, String number, String reason) {
    assertForeign(attribute, AttributeValue.fromN(number), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "format,     it has no format number",
    "token,      its token is not a number",
    "lease_ms,   its lease_ms is not a number",
    "skew_ms,    its skew_ms is not a number",
  })
  void textInPlaceOfANumber_makesTheRowForeign(String attribute, String reason) {
    assertForeign(attribute, AttributeValue.fromS("7"), reason);
  }

  @ParameterizedTest
  @CsvSource({"nonce", "holder", "event", "state", "resource_id"})
  void numberInPlaceOfAText_makesTheRowForeign(String attribute) {
    assertForeign(attribute, AttributeValue.fromN("7"), "its " + attribute + " is not a text");
  }

  @Test
  void unknownState_makesTheRowForeign() {
    assertForeign("state", AttributeValue.fromS("held"), "its state is none of HELD, FREE, DONE");
  }

  @Test
  void notANumberAtAll_makesTheRowForeign() {
    assertForeign("token", AttributeValue.fromN("many"), "its token is not a number");
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
  void missingAttribute_makesTheRowForeign(String attribute, String reason) {
    Map<String, AttributeValue> item = new HashMap<>(Items.item(FULL));
    item.remove(attribute);
    assertThat(((Seen.ForeignRow) Items.seen(item)).reason()).isEqualTo(reason);
  }

  private static void assertForeign(String attribute, AttributeValue value, String reason) {
    Map<String, AttributeValue> item = new HashMap<>(Items.item(FULL));
    item.put(attribute, value);
    Seen seen = Items.seen(item);
    assertThat(seen).isInstanceOf(Seen.ForeignRow.class);
    assertThat(((Seen.ForeignRow) seen).reason()).startsWith(reason);
  }
}
