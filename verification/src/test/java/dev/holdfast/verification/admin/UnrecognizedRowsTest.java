package dev.holdfast.verification.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.lock.UnrecognizedRowException;
import dev.holdfast.lock.admin.DeleteMode;
import dev.holdfast.lock.admin.LockTableRefusedException;
import dev.holdfast.lock.admin.LockTableRefusedException.Reason;
import dev.holdfast.lock.admin.StoredLock;
import dev.holdfast.lock.dynamodb.TableSchema;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rows that block locking, and names that no row can have. */
class UnrecognizedRowsTest extends AdminFixture {

  @BeforeEach
  void createLockTable() throws InterruptedException {
    createTable();
  }

  private void putIncompleteRow(String state) {
    local.putItem(
        r ->
            r.tableName(TABLE)
                .item(
                    Map.of(
                        TableSchema.KEY,
                        AttributeValue.fromS(NAME),
                        "format",
                        AttributeValue.fromN("1"),
                        "state",
                        AttributeValue.fromS(state))));
  }

  private void assertBlocksLockingAndIsListed() {
    assertThatExceptionOfType(UnrecognizedRowException.class)
        .isThrownBy(() -> lockClient("me").tryAcquire(NAME));

    assertThat(lockAdmin().listHeld())
        .singleElement()
        .isInstanceOf(StoredLock.Unrecognized.class)
        .isEqualTo(lockAdmin().find(NAME).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FREE", "COMPLETED", "HELD"})
  void incompleteRow_isListed_inAnyState(String state) {
    putIncompleteRow(state);
    assertBlocksLockingAndIsListed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"253402300800000000", "4611686018427387903", "1e30"})
  void freeRow_withTokenBeyondEveryClock_isListed(String token) {
    acquire("me", NAME).fencingToken();
    Map<String, AttributeValue> row = new HashMap<>(row());
    row.put("state", AttributeValue.fromS("FREE"));
    row.put("token", AttributeValue.fromN(token));
    local.putItem(r -> r.tableName(TABLE).item(row));
    assertBlocksLockingAndIsListed();
  }

  private Map<String, AttributeValue> row() {
    Map<String, AttributeValue> key = Map.of(TableSchema.KEY, AttributeValue.fromS(NAME));
    return local.getItem(r -> r.tableName(TABLE).key(key)).item();
  }

  @Test
  void deleteTable_withIncompleteFreeRow_isRefused() {
    putIncompleteRow("FREE");

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> lockTableAdmin().deleteTable(TABLE, DeleteMode.FORCE))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNRECOGNIZED_ROWS));
  }

  @Test
  void invalidName_isRejected_withoutRequest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lockAdmin().find(""))
        .withMessageContaining("1 to 2048 bytes of UTF-8, got 0 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lockAdmin().find("\u00e9".repeat(1_025)))
        .withMessageContaining("got 2050 bytes");
    assertThat(dynamoDb.drainCalls()).isEmpty();
  }

  @Test
  void nameWithUnpairedSurrogate_isRejected() {
    acquire("me", "order-?");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> lockAdmin().find("order-\ud83d"))
        .withMessageContaining("half a surrogate pair");
  }

  @Test
  void longestName_isFound() {
    String longest = "x".repeat(2_048);
    acquire("me", longest);

    assertThat(lockAdmin().find(longest)).get().isInstanceOf(StoredLock.Held.class);
  }
}
