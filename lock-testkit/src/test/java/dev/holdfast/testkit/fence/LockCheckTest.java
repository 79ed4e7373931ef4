package dev.holdfast.testkit.fence;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.lock.FenceRefusedException.Reason;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** A transaction that writes an order only while the lock's row is held with the token. */
class LockCheckTest extends FencedItems {
  @AutoClose private static final LocalDynamoDb server = serverWithOrders();
  @AutoClose private static final DynamoDbClient shared = server.client();

  private static final String LOCKS = "locks";

  private final ManualTime time = ManualTime.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final Locks locks =
      DynamoDbLocks.on(shared, LOCKS).withTime(time).withLease(ofSeconds(10));

  LockCheckTest() {
    super(shared);
  }

  @BeforeAll
  static void createLockTable() {
    server.createLockTable(LOCKS);
  }

  @Test
  void whileHeld_theTransactionIsMade() throws InterruptedException {
    transact(Fence.of(locks.acquire(id)));
    assertThat(stored()).isNotEmpty();
  }

  @Test
  void afterARenewal_theTransactionIsMade() throws InterruptedException {
    HeldLock lock = locks.acquire(id);
    lock.renew();
    transact(Fence.of(lock));
    assertThat(stored()).isNotEmpty();
  }

  @Test
  void ofOnePermit_theTransactionIsMade() throws InterruptedException {
    transact(Fence.of(locks.acquire(LockRequest.of(id).permits(2))));
    assertThat(stored()).isNotEmpty();
  }

  @Test
  void afterTheLease_whileNobodyTookOver_theTransactionIsMade() throws InterruptedException {
    HeldLock lock = locks.acquire(id);
    Fence mine = Fence.of(lock);
    time.advance(ofSeconds(60));
    assertThat(lock.isHeld()).isFalse();
    transact(mine);
    assertThat(stored()).isNotEmpty();
  }

  @Test
  void afterATakeOver_itIsRefused() throws InterruptedException {
    Fence mine = Fence.of(locks.acquire(id));
    time.advance(ofSeconds(11));
    HeldLock successor = locks.acquire(id);
    assertRefused(mine, "HELD with token " + successor.fencingToken());
  }

  @Test
  void afterARelease_itIsRefused() throws InterruptedException {
    HeldLock lock = locks.acquire(id);
    Fence mine = Fence.of(lock);
    lock.release();
    assertRefused(mine, "FREE with token " + lock.fencingToken());
  }

  @Test
  void afterACompletion_itIsRefused() throws InterruptedException {
    HeldLock lock = locks.acquire(id);
    Fence mine = Fence.of(lock);
    lock.complete(ofSeconds(60));
    assertRefused(mine, "DONE with token " + lock.fencingToken());
  }

  @Test
  void ofALockWithoutARow_itIsRefused() {
    assertRefused(fence, "the lock has no row");
  }

  @Test
  void ofAForeignRow_itIsRefused() {
    client.putItem(
        r -> r.tableName(LOCKS).item(Map.of(TableSchema.KEY, AttributeValue.fromS("order-1"))));
    try {
      assertRefused(fence, "nothing with token nothing");
    } finally {
      client.deleteItem(
          r -> r.tableName(LOCKS).key(Map.of(TableSchema.KEY, AttributeValue.fromS("order-1"))));
    }
  }

  private void transact(Fence by) {
    TransactWriteItem check =
        TransactWriteItem.builder().conditionCheck(by.lockCheck(LOCKS)).build();
    TransactWriteItem put =
        TransactWriteItem.builder().put(p -> p.tableName(FencedWrite.ORDERS).item(key())).build();
    client.transactWriteItems(r -> r.transactItems(check, put));
  }

  private void assertRefused(Fence by, String seen) {
    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(() -> transact(by))
        .satisfies(e -> assertLockLost(by, e.cancellationReasons().get(0), seen))
        .satisfies(e -> assertThat(by.lockRefusal(e.cancellationReasons().get(1))).isEmpty());
    assertThat(stored()).isEmpty();
  }

  private static void assertLockLost(Fence by, CancellationReason reason, String seen) {
    FenceRefusedException refused = by.lockRefusal(reason).orElseThrow();
    assertThat(refused.reason()).isEqualTo(Reason.LOCK_LOST);
    assertThat(refused).hasMessageContaining(seen);
  }
}
