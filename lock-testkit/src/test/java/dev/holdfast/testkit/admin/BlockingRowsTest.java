package dev.holdfast.testkit.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.lock.ForeignRowException;
import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.dynamodb.admin.HeldLockRule;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException.Reason;
import dev.holdfast.lock.dynamodb.admin.StoredLock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rows that are in the way of locking, and names that no row can have. */
class BlockingRowsTest extends AdminTest {

  @BeforeEach
  void create() throws InterruptedException {
    createTable();
  }

  private void putHalfWritten(String state) {
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

  @ParameterizedTest
  @ValueSource(strings = {"FREE", "DONE", "HELD"})
  void halfWrittenRow_whichLockingLeavesAlone_isListed_whateverItsState(String state) {
    putHalfWritten(state);
    assertThatExceptionOfType(ForeignRowException.class)
        .isThrownBy(() -> host("me").tryAcquire(NAME));

    assertThat(stored().held())
        .singleElement()
        .isInstanceOf(StoredLock.Unreadable.class)
        .isEqualTo(stored().find(NAME).orElseThrow());
  }

  @Test
  void halfWrittenRow_thatLooksFree_keepsItsTable() {
    putHalfWritten("FREE");

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> tables().delete(TABLE, HeldLockRule.DELETE_ALL_THE_SAME))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN_ROWS));
  }

  @Test
  void nameThatNoLockCanHave_isRefused_withoutACall() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stored().find(""))
        .withMessageContaining("1 to 2048 bytes of UTF-8, got 0 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stored().find("\u00e9".repeat(1_025)))
        .withMessageContaining("got 2050 bytes");
    assertThat(dynamoDb.takeCalls()).isEmpty();
  }

  @Test
  void halfASurrogatePair_doesNotShowTheLockOfAnotherName() {
    acquired("somebody", "order-?");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> stored().find("order-\ud83d"))
        .withMessageContaining("half a surrogate pair");
  }

  @Test
  void longestName_isFound() {
    String longest = "x".repeat(2_048);
    acquired("somebody", longest);

    assertThat(stored().find(longest)).get().isInstanceOf(StoredLock.Held.class);
  }
}
