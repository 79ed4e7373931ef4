package dev.holdfast.testkit.fence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.testkit.fence.Spending.Cost;
import dev.holdfast.testkit.local.LocalDynamoDb;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What fencing costs beyond the write that it fences. */
class FenceCostTest extends FencedItems {
  @AutoClose private static final LocalDynamoDb server = serverWithOrders();
  @AutoClose private static final DynamoDbClient shared = server.client();

  private static final String LOCKS = "locks";

  private final Spending spending = new Spending();

  @AutoClose
  private final DynamoDbClient counted =
      server
          .clientBuilder()
          .overrideConfiguration(c -> c.addExecutionInterceptor(spending))
          .build();

  FenceCostTest() {
    super(shared);
  }

  @BeforeAll
  static void createLockTable() {
    server.createLockTable(LOCKS);
  }

  @Test
  void raise_isOneWriteOfTheItem_andReadsIt() {
    fence.raise(counted, FencedWrite.ORDERS, key());
    assertThat(spending.costs()).containsExactly(new Cost("UpdateItem", FencedWrite.ORDERS, 1));
  }

  @Test
  void fencedWrite_costsWhatTheWriteCosts() {
    FencedWrite.UPDATE.send(counted, fence.blind(), id);
    assertThat(spending.costs()).containsExactly(new Cost("UpdateItem", FencedWrite.ORDERS, 1));
  }

  @Test
  void checkOfTheLock_isTwoWriteUnitsOfTheTransaction() throws InterruptedException {
    Fence mine = Fence.of(DynamoDbLocks.on(shared, LOCKS).acquire(id));
    TransactWriteItem check =
        TransactWriteItem.builder().conditionCheck(mine.lockCheck(LOCKS)).build();
    TransactWriteItem put =
        TransactWriteItem.builder().put(p -> p.tableName(FencedWrite.ORDERS).item(key())).build();

    counted.transactWriteItems(r -> r.transactItems(check, put));

    assertThat(spending.costs())
        .containsExactlyInAnyOrder(
            new Cost("TransactWriteItems", LOCKS, 2),
            new Cost("TransactWriteItems", FencedWrite.ORDERS, 2));
  }
}
