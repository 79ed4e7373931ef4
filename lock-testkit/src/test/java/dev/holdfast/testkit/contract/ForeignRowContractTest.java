package dev.holdfast.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.ForeignRowException;
import dev.holdfast.lock.LockRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Rows under our key that this version of the format did not write: all look free for the taking.
 */
@OnEveryTable
class ForeignRowContractTest extends Contract {
  private final Host host = host("host");

  ForeignRowContractTest(ContractTable table) {
    super(table);
  }

  /**
   * What a row says instead of its format.
   *
   * @param what for people
   * @param attributes beside the key
   */
  record Foreign(String what, Map<String, AttributeValue> attributes) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Foreign> foreignRows() {
    return Stream.of(
        new Foreign("another program's item", Map.of("price", numberValue("5"))),
        new Foreign("the key alone", Map.of()),
        new Foreign("no format", free(Map.of())),
        new Foreign("format 2", free(Map.of("format", numberValue("2")))),
        new Foreign("format 0", free(Map.of("format", numberValue("0")))),
        new Foreign("format as a text", free(Map.of("format", textValue("1")))),
        new Foreign(
            "format as a list",
            free(Map.of("format", AttributeValue.fromL(List.of(numberValue("1")))))));
  }

  @ParameterizedTest
  @MethodSource("foreignRows")
  void foreignRow_isNeverOverwritten_byTheFirstBlindPut(Foreign foreign) {
    Map<String, AttributeValue> row = under(name, foreign.attributes());
    table.put(row);

    assertThatThrownBy(() -> host.locks().tryAcquire(name))
        .isInstanceOf(ForeignRowException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("is left as it is");

    assertThat(row()).isEqualTo(row);
  }

  @ParameterizedTest
  @MethodSource("foreignRows")
  void foreignRow_isNotWaitedFor_norWatched(Foreign foreign) {
    Map<String, AttributeValue> row = under(name, foreign.attributes());
    table.put(row);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> host.locks().acquire(LockRequest.of(name)))
          .isInstanceOf(ForeignRowException.class);
      assertThat(time.wall()).isEqualTo(NOON.plus(LEASE.multipliedBy(2L * i)));
      time.advance(LEASE.multipliedBy(2));
    }

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void foreignRow_thatReplacedOurs_isNotTouchedByRenewReleaseOrComplete() {
    Map<String, AttributeValue> row = under(name, Map.of("price", numberValue("5")));
    var renewed = host.wins(name);
    table.put(row);

    assertThatThrownBy(renewed::renew).hasMessageContaining("lost");
    renewed.close();
    assertThat(row()).isEqualTo(row);

    table.delete(name);
    var completed = host.wins(name);
    table.put(row);
    assertThatThrownBy(() -> completed.complete(Duration.ofSeconds(60)))
        .hasMessageContaining("lost");
    assertThat(row()).isEqualTo(row);

    table.delete(name);
    var released = host.wins(name);
    table.put(row);
    released.release();
    assertThat(row()).isEqualTo(row);
  }

  @Test
  void whatIsWrongWithTheRow_isSaid() {
    table.put(under(name, Map.of("format", numberValue("7"))));

    assertThatThrownBy(() -> host.locks().tryAcquire(name)).hasMessageContaining("its format is 7");
  }

  private static Map<String, AttributeValue> under(
      String name, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> row = new HashMap<>(attributes);
    row.put("resource_id", textValue(name));
    return row;
  }

  private static Map<String, AttributeValue> free(Map<String, AttributeValue> changes) {
    Map<String, AttributeValue> row = new HashMap<>();
    row.put("state", textValue("FREE"));
    row.put("nonce", textValue("n"));
    row.put("token", numberValue("1"));
    row.put("version", numberValue("0"));
    row.put("lease_ms", numberValue("10000"));
    row.put("expires_at", numberValue("0"));
    row.put("holder", textValue("somebody"));
    row.put("acquired_at", numberValue("0"));
    row.putAll(changes);
    return row;
  }

  private static AttributeValue textValue(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue numberValue(String value) {
    return AttributeValue.fromN(value);
  }
}
