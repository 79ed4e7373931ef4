package dev.holdfast.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.ForeignRowException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockSet;
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
class ForeignRowContractTest extends Contract {
  private static final String KINDS = "dev.holdfast.testkit.contract.ForeignRow#all";

  private final Host host = host("host");
  private final Host other = host("other");
  private final String permit = name + "#permit-1";
  private final String neighbour = name + "/neighbour";

  ForeignRowContractTest(ContractTable table) {
    super(table);
  }

  @AfterEach
  void deleteOthers() {
    table.delete(permit);
    table.delete(neighbour);
  }

  @Test
  void whatIsWrongWithTheRow_isSaid() {
    table.put(
        Map.of("resource_id", AttributeValue.fromS(name), "format", AttributeValue.fromN("7")));

    assertThatThrownBy(() -> host.locks().tryAcquire(name)).hasMessageContaining("its format is 7");
  }

  @Test
  void flawlessRow_isTaken_soThatItIsTheFlawThatCounts() {
    table.put(ForeignRow.flawless().under(name));
    assertThat(host.wins(name).isHeld()).isTrue();
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void tryAcquire_andAcquire_leaveItAsItIs_atOnce(ForeignRow foreign) {
    Map<String, AttributeValue> row = stands(foreign.under(name));

    assertForeign(name, () -> host.locks().tryAcquire(name));
    assertForeign(name, () -> host.locks().acquire(LockRequest.of(name)));

    assertThat(time.wall()).isEqualTo(NOON);
    assertThat(row()).isEqualTo(row);
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void time_doesNotMakeItOurs(ForeignRow foreign) {
    Map<String, AttributeValue> row = stands(foreign.under(name));

    for (int i = 0; i < 3; i++) {
      assertForeign(name, () -> host.locks().acquire(LockRequest.of(name)));
      time.advance(LEASE.multipliedBy(2));
    }

    assertThat(row()).isEqualTo(row);
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void permits_leaveItAsItIs_andDoNotGoOnToTheNext(ForeignRow foreign) {
    Map<String, AttributeValue> row = stands(foreign.under(permit));

    assertForeign(permit, () -> host.locks().tryAcquire(LockRequest.of(name).permits(1)));

    assertThat(table.row(permit)).contains(row);
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void severalNames_leaveItAsItIs_andGiveBackTheOthers(ForeignRow foreign) {
    Map<String, AttributeValue> row = stands(foreign.under(neighbour));

    assertForeign(neighbour, () -> host.locks().acquireAll(LockSet.of(name, neighbour)));

    assertThat(table.row(neighbour)).contains(row);
    assertThat(other.wins(name).isHeld()).isTrue();
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void waiter_thatFindsItInsteadOfTheHolder_stopsAtOnce(ForeignRow foreign) {
    other.wins(name);
    time.after(Duration.ofSeconds(2), () -> table.put(foreign.under(name)));

    assertForeign(name, () -> host.locks().acquire(LockRequest.of(name)));

    assertThat(time.wall()).isBetween(NOON.plusSeconds(2), NOON.plusSeconds(4));
    assertThat(row()).isEqualTo(stands(foreign.under(name)));
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void holder_whoseRowItReplaced_hasLost_andLeavesItAsItIs(ForeignRow foreign) {
    HeldLock renewed = host.wins(name);
    Map<String, AttributeValue> row = stands(foreign.under(name));
    assertThatExceptionOfType(LockLostException.class).isThrownBy(renewed::renew);
    assertThat(renewed.isHeld()).isFalse();
    renewed.close();
    assertThat(row()).isEqualTo(row);

    HeldLock completed = winsAnew();
    stands(row);
    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(() -> completed.complete(Duration.ofSeconds(60)));
    assertThat(row()).isEqualTo(row);

    HeldLock released = winsAnew();
    stands(row);
    released.release();
    assertThat(row()).isEqualTo(row);

    HeldLock marked = winsAnew();
    marked.fencingToken();
    stands(row);
    marked.close();
    assertThat(row()).isEqualTo(row);
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void ticket_ofARowThatItReplaced_isNotRedeemed(ForeignRow foreign) {
    String ticket = host.wins(name).ticket();
    Map<String, AttributeValue> row = stands(foreign.under(name));

    assertForeign(name, () -> other.locks().redeem(ticket));

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void myRow_turnedIntoANewerFormat_isNoLongerMine() {
    HeldLock renewed = host.wins(name);
    Map<String, AttributeValue> row = new HashMap<>(row());
    row.put("format", AttributeValue.fromN("2"));
    stands(row);

    assertThatThrownBy(renewed::renew).isInstanceOf(LockLostException.class);
    renewed.close();

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void ticket_ofARowTurnedIntoANewerFormat_isNotRedeemed() {
    String ticket = host.wins(name).ticket();
    Map<String, AttributeValue> row = new HashMap<>(row());
    row.put("format", AttributeValue.fromN("2"));
    stands(row);

    assertForeign(name, () -> other.locks().redeem(ticket));

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void myRow_tamperedWithOtherwise_isStillMine_andIsWrittenWholeAgain() {
    HeldLock held = host.wins(name);
    Map<String, AttributeValue> row = new HashMap<>(row());
    row.put("lease_ms", AttributeValue.fromN("-1"));
    row.remove("holder");
    table.put(row);

    held.renew();

    assertThat(number("lease_ms")).isEqualTo(LEASE.toMillis());
    assertThat(text("holder")).isEqualTo("host");
    assertThat(other.findsBusy(name).description()).isEqualTo("host");
  }

  /** No condition can tell whether a number is whole. */
  @Test
  void freeRow_withANumberThatIsNotWhole_grantsNothing_andBecomesAMarker() {
    Map<String, AttributeValue> row = ForeignRow.flawless().under(name);
    row.put("version", AttributeValue.fromN("1.5"));
    table.put(row);

    assertForeign(name, () -> host.locks().tryAcquire(name));

    assertThat(text("state")).isEqualTo("FREE");
    assertThat(other.wins(name).isHeld()).isTrue();
  }

  private HeldLock winsAnew() {
    table.delete(name);
    return host.wins(name);
  }

  private Map<String, AttributeValue> stands(Map<String, AttributeValue> row) {
    table.put(row);
    return row;
  }

  private static void assertForeign(String name, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOf(ForeignRowException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("is left as it is");
  }
}
