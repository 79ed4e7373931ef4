package dev.holdfast.testkit;

import static dev.holdfast.testkit.SampleRequests.conditionalPut;
import static dev.holdfast.testkit.SampleRequests.delete;
import static dev.holdfast.testkit.SampleRequests.number;
import static dev.holdfast.testkit.SampleRequests.put;
import static dev.holdfast.testkit.SampleRequests.row;
import static dev.holdfast.testkit.SampleRequests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

class SimulatedTableTest {
  private final SimulatedTable table = SimulatedTable.named("locks");

  @Test
  void put_withoutExistingRow_storesItem_andReturnsNoAttributes() {
    var reply = table.putItem(put(row("a", "n", 1)).build());

    assertThat(reply.hasAttributes()).isFalse();
    assertThat(table.row("a")).contains(row("a", "n", 1));
  }

  @Test
  void put_overExistingRow_replacesIt_andReturnsOldRow() {
    table.put(row("a", "n", 1, "old", "yes"));

    var reply = table.putItem(put(row("a", "n", 2)).build());

    assertThat(reply.attributes()).isEqualTo(row("a", "n", 1, "old", "yes"));
    assertThat(table.rows()).isEqualTo(Map.of("a", row("a", "n", 2)));
  }

  @Test
  void listener_isNotifiedOfAppliedWrites_evenIfReplyIsLost() {
    List<String> changes = new ArrayList<>();
    table.onChange((before, after) -> changes.add(before.get("n") + " to " + after.get("n")));
    table.faults().nextReplyLost();

    assertThatThrownBy(() -> table.putItem(put(row("a", "n", 1)).build()))
        .isInstanceOf(SdkException.class);
    assertThatThrownBy(() -> table.putItem(conditionalPut(row("a", "n", 2)).build()))
        .isInstanceOf(ConditionalCheckFailedException.class);
    table.deleteItem(delete("a").build());
    table.put(row("a", "n", 3));

    assertThat(changes).containsExactly("null to " + number("1"), number("1") + " to null");
  }

  @Test
  void oldRow_isReturnedOnlyIfRequested() {
    table.put(row("a", "n", 1));

    var reply = table.putItem(put(row("a")).returnValues(ReturnValue.NONE).build());

    assertThat(reply.hasAttributes()).isFalse();
  }

  @Test
  void delete_removesRow_andReturnsIt() {
    table.put(row("a", "n", 1));

    assertThat(table.deleteItem(delete("a").build()).attributes()).isEqualTo(row("a", "n", 1));
    assertThat(table.row("a")).isEmpty();
    assertThat(table.deleteItem(delete("a").build()).hasAttributes()).isFalse();
  }

  @Test
  void rejectedPut_changesNothing_andReturnsExistingRow() {
    table.put(row("a", "n", 1));

    var rejection = catchRejection(() -> table.putItem(conditionalPut(row("a", "n", 2)).build()));

    assertThat(rejection.hasItem()).isTrue();
    assertThat(rejection.item()).isEqualTo(row("a", "n", 1));
    assertThat(rejection.awsErrorDetails().errorMessage())
        .isEqualTo("The conditional request failed");
    assertThat(rejection.statusCode()).isEqualTo(400);
    assertThat(table.row("a")).contains(row("a", "n", 1));
  }

  @Test
  void rejectedDelete_withoutExistingRow_returnsNoItem() {
    var request =
        delete("a")
            .conditionExpression("attribute_exists(#k)")
            .expressionAttributeNames(Map.of("#k", "resource_id"))
            .build();

    assertThat(catchRejection(() -> table.deleteItem(request)).hasItem()).isFalse();
  }

  @Test
  void numbers_areStoredWithoutLeadingAndTrailingZeros() {
    table.putItem(put(Map.of("resource_id", text("a"), "n", number("0012.50"))).build());

    assertThat(table.row("a").orElseThrow()).containsEntry("n", number("12.5"));
  }

  @Test
  void table_isAddressedByNameOrArn_only() {
    table.putItem(put(row("a")).build());
    table.putItem(
        put(row("b")).tableName("arn:aws:dynamodb:us-east-1:123456789012:table/locks").build());

    assertThat(table.rows()).containsOnlyKeys("a", "b");
    assertThatThrownBy(() -> table.putItem(put(row("a")).tableName("clocks").build()))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Requested resource not found");
  }

  @Test
  void requests_areCounted_includingRejectedOnes() {
    table.putItem(conditionalPut(row("a")).build());
    catchRejection(() -> table.putItem(conditionalPut(row("a")).build()));
    table.deleteItem(delete("a").build());

    assertThat(table.counts()).isEqualTo(new RequestCounts(2, 1, 1, 0, 0, 3));
  }

  @Test
  void writeUnits_useLargerOfOldAndNewRow_evenIfRejected() {
    table.putItem(put(row("a", "d", "x".repeat(2_000))).build());
    var before = table.counts();

    catchRejection(() -> table.putItem(conditionalPut(row("a")).build()));
    assertThat(table.counts().since(before).writeUnits()).isEqualTo(2);

    table.deleteItem(delete("a").build());
    assertThat(table.counts().since(before).writeUnits()).isEqualTo(4);
  }

  @Test
  void operatorWrites_areNotCounted() {
    table.put(row("a"));
    table.delete("a");

    assertThat(table.rows()).isEmpty();
    assertThat(table.counts()).isEqualTo(new RequestCounts(0, 0, 0, 0, 0, 0));
  }

  @Test
  void unsupportedOperations_throwWithName_andAreCounted() {
    assertThatThrownBy(() -> table.getItem(r -> r.tableName("locks").key(row("a"))))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("the simulated table supports PutItem and DeleteItem, got GetItem");
    assertThatThrownBy(() -> table.transactWriteItems(r -> {}))
        .isInstanceOf(UnsupportedOperationException.class);

    assertThat(table.counts().unsupported()).isEqualTo(2);
  }

  @Test
  void manyThreads_onePutSucceeds() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> puts =
          IntStream.range(0, 200)
              .mapToObj(i -> (Callable<Boolean>) () -> tryCreate("a", i))
              .toList();

      long succeeded = 0;
      for (Future<Boolean> put : executor.invokeAll(puts)) {
        succeeded += put.get() ? 1 : 0;
      }

      assertThat(succeeded).isEqualTo(1);
      assertThat(table.counts().rejectedPuts()).isEqualTo(199);
    } finally {
      executor.shutdownNow();
    }
  }

  private boolean tryCreate(String name, int number) {
    try {
      table.putItem(conditionalPut(row(name, "n", number)).build());
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private static ConditionalCheckFailedException catchRejection(Callable<?> call) {
    return catchThrowableOfType(ConditionalCheckFailedException.class, call::call);
  }
}
