package dev.holdfast.testkit.admin;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.lock.dynamodb.admin.LockTables;
import dev.holdfast.lock.dynamodb.admin.NewLockTable;
import dev.holdfast.lock.dynamodb.admin.Protection;
import dev.holdfast.lock.dynamodb.admin.StoredLocks;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB Local without any table. It knows no tags and never throttles: the client in front of it
 * plays these.
 */
abstract class AdminTest {
  static final String TABLE = "orders-locks";
  static final String NAME = "order-42";

  final ManualTime time = ManualTime.at(Instant.parse("2027-01-15T08:00:00Z"));
  private LocalDynamoDb server;
  DynamoDbClient local;
  AdminClient dynamoDb;

  @BeforeEach
  final void start() {
    server = LocalDynamoDb.start();
    local = server.client();
    dynamoDb = new AdminClient(local);
  }

  @AfterEach
  final void stop() {
    local.close();
    server.close();
  }

  final LocalDynamoDb server() {
    return server;
  }

  final LockTables tables() {
    return LockTables.on(dynamoDb.client()).withTime(time);
  }

  final StoredLocks stored() {
    return StoredLocks.on(dynamoDb.client(), TABLE).withTime(time);
  }

  /** An unprotected table, and a count of calls that begins after it. */
  final void createTable() throws InterruptedException {
    tables().create(NewLockTable.named(TABLE).protection(Protection.OFF));
    dynamoDb.takeCalls();
  }

  /** A host whose clock is the test's; the server's clock is not asked about it. */
  final Locks host(String holder) {
    return DynamoDbLocks.on(local, TABLE).withTime(time).withHolder(holder);
  }

  final HeldLock acquired(String holder, String name) {
    return ((Acquisition.Acquired) host(holder).tryAcquire(LockRequest.of(name))).lock();
  }

  final void putForeignRow(String name) {
    local.putItem(r -> r.tableName(TABLE).item(Map.of("resource_id", AttributeValue.fromS(name))));
  }
}
