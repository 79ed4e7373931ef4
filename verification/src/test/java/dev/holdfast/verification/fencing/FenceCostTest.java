package dev.holdfast.verification.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.verification.fencing.ConsumedCapacityRecorder.Cost;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Cost of fencing in addition to the fenced write. */
class FenceCostTest extends FencingFixture {
  @AutoClose private static final LocalDynamoDb server = startServerWithOrders();
  @AutoClose private static final DynamoDbClient shared = server.client();

  private static final String LOCKS = "locks";

  private final ConsumedCapacityRecorder recorder = new ConsumedCapacityRecorder();

  @AutoClose
  private final DynamoDbClient recordedClient =
      server
          .clientBuilder()
          .overrideConfiguration(c -> c.addExecutionInterceptor(recorder))
          .build();

  FenceCostTest() {
    super(shared);
  }

  @BeforeAll
  static void createLockTable() {
    server.createLockTable(LOCKS);
  }

  @Test
  void advance_costsOneWriteUnit() {
    fence.advance(recordedClient, FencedRequest.ORDERS, key());
    assertThat(recorder.costs()).containsExactly(new Cost("UpdateItem", FencedRequest.ORDERS, 1));
  }

  @Test
  void fencedWrite_costsAsMuchAsUnfencedWrite() {
    FencedRequest.UPDATE.send(recordedClient, fence.ifNotNewer(), id);
    assertThat(recorder.costs()).containsExactly(new Cost("UpdateItem", FencedRequest.ORDERS, 1));
  }

  @Test
  void lockCheck_costsTwoWriteUnits() throws InterruptedException {
    Fence ownFence = Fence.of(DynamoDbLockClient.create(shared, LOCKS).acquire(id));
    TransactWriteItem check =
        TransactWriteItem.builder().conditionCheck(ownFence.lockCheck(LOCKS)).build();
    TransactWriteItem put =
        TransactWriteItem.builder().put(p -> p.tableName(FencedRequest.ORDERS).item(key())).build();

    recordedClient.transactWriteItems(r -> r.transactItems(check, put));

    assertThat(recorder.costs())
        .containsExactlyInAnyOrder(
            new Cost("TransactWriteItems", LOCKS, 2),
            new Cost("TransactWriteItems", FencedRequest.ORDERS, 2));
  }
}
