package dev.holdfast.verification.fencing;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.FenceRefusedException;
import dev.holdfast.lock.dynamodb.FenceRefusedException.Reason;
import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.testkit.ManualClock;
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

/** Transaction that writes an order only while the lock's row is held with the token. */
class LockCheckTest extends FencingFixture {
  @AutoClose private static final LocalDynamoDb server = startServerWithOrders();
  @AutoClose private static final DynamoDbClient shared = server.client();

  private static final String LOCKS = "locks";

  private final ManualClock time = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final LockClient lockClient =
      DynamoDbLockClient.create(shared, LOCKS)
          .withTimeSource(time)
          .withLeaseDuration(ofSeconds(10));

  LockCheckTest() {
    super(shared);
  }

  @BeforeAll
  static void createLockTable() {
    server.createLockTable(LOCKS);
  }

  @Test
  void transaction_whileLockIsHeld_succeeds() throws InterruptedException {
    transact(Fence.of(lockClient.acquire(id)));
    assertThat(storedItem()).isNotEmpty();
  }

  @Test
  void transaction_afterRenewal_succeeds() throws InterruptedException {
    HeldLock lock = lockClient.acquire(id);
    lock.renew();
    transact(Fence.of(lock));
    assertThat(storedItem()).isNotEmpty();
  }

  @Test
  void transaction_withPermit_succeeds() throws InterruptedException {
    transact(Fence.of(lockClient.acquire(LockRequest.of(id).permits(2))));
    assertThat(storedItem()).isNotEmpty();
  }

  @Test
  void transaction_afterLeaseExpiry_beforeTakeover_succeeds() throws InterruptedException {
    HeldLock lock = lockClient.acquire(id);
    Fence ownFence = Fence.of(lock);
    time.advance(ofSeconds(60));
    assertThat(lock.isHeld()).isFalse();
    transact(ownFence);
    assertThat(storedItem()).isNotEmpty();
  }

  @Test
  void transaction_afterTakeover_isRefused() throws InterruptedException {
    Fence ownFence = Fence.of(lockClient.acquire(id));
    time.advance(ofSeconds(11));
    HeldLock successor = lockClient.acquire(id);
    assertRefused(ownFence, "HELD with token " + successor.fencingToken());
  }

  @Test
  void transaction_afterRelease_isRefused() throws InterruptedException {
    HeldLock lock = lockClient.acquire(id);
    Fence ownFence = Fence.of(lock);
    lock.release();
    assertRefused(ownFence, "FREE with token " + lock.fencingToken());
  }

  @Test
  void transaction_afterCompletion_isRefused() throws InterruptedException {
    HeldLock lock = lockClient.acquire(id);
    Fence ownFence = Fence.of(lock);
    lock.complete(ofSeconds(60));
    assertRefused(ownFence, "COMPLETED with token " + lock.fencingToken());
  }

  @Test
  void transaction_ofLockWithoutRow_isRefused() {
    assertRefused(passedOn("none"), "the lock has no row");
  }

  @Test
  void transaction_ofUnrecognizedRow_isRefused() {
    client.putItem(
        r -> r.tableName(LOCKS).item(Map.of(TableSchema.KEY, AttributeValue.fromS("order-1"))));
    try {
      assertRefused(passedOn("none"), "nothing with token nothing");
    } finally {
      client.deleteItem(
          r -> r.tableName(LOCKS).key(Map.of(TableSchema.KEY, AttributeValue.fromS("order-1"))));
    }
  }

  @Test
  void transaction_withTokenAndNonceOfAnotherProcess_succeeds() throws InterruptedException {
    HeldLock lock = lockClient.acquire("order-1");
    transact(passedOn(lock.nonce()));
    assertThat(storedItem()).isNotEmpty();
    lock.release();
    lockClient.acquire("order-1").close();
  }

  @Test
  void transaction_afterTokenOfRowWasRaised_succeeds() throws InterruptedException {
    HeldLock lock = lockClient.acquire(id);
    Fence ownFence = Fence.of(lock);
    shared.updateItem(
        r ->
            r.tableName(LOCKS)
                .key(Map.of(TableSchema.KEY, AttributeValue.fromS(id)))
                .updateExpression("SET #token = #token + :raise")
                .expressionAttributeNames(Map.of("#token", "token"))
                .expressionAttributeValues(Map.of(":raise", AttributeValue.fromN("180000000"))));
    transact(ownFence);
    assertThat(storedItem()).isNotEmpty();
    lock.renew();
    transact(ownFence);
  }

  private static Fence passedOn(String nonce) {
    return Fence.of("order-1", new FencingToken(1), nonce);
  }

  private void transact(Fence holderFence) {
    TransactWriteItem check =
        TransactWriteItem.builder().conditionCheck(holderFence.lockCheck(LOCKS)).build();
    TransactWriteItem put =
        TransactWriteItem.builder().put(p -> p.tableName(FencedRequest.ORDERS).item(key())).build();
    client.transactWriteItems(r -> r.transactItems(check, put));
  }

  private void assertRefused(Fence holderFence, String observed) {
    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(() -> transact(holderFence))
        .satisfies(e -> assertLockLost(holderFence, e.cancellationReasons().get(0), observed))
        .satisfies(
            e -> assertThat(holderFence.lockRefusal(e.cancellationReasons().get(1))).isEmpty());
    assertThat(storedItem()).isEmpty();
  }

  private static void assertLockLost(
      Fence holderFence, CancellationReason reason, String observed) {
    FenceRefusedException refused = holderFence.lockRefusal(reason).orElseThrow();
    assertThat(refused.reason()).isEqualTo(Reason.LOCK_LOST);
    assertThat(refused).hasMessageContaining(observed);
  }
}
