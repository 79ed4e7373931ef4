package dev.holdfast.verification.admin;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.admin.DeletionProtection;
import dev.holdfast.lock.admin.LockAdmin;
import dev.holdfast.lock.admin.LockTableAdmin;
import dev.holdfast.lock.admin.NewLockTable;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
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
abstract class AdminFixture {
  static final String TABLE = "orders-locks";
  static final String NAME = "order-42";

  final ManualClock time = ManualClock.at(Instant.parse("2027-01-15T08:00:00Z"));
  private LocalDynamoDb server;
  DynamoDbClient local;
  ScriptedDynamoDbClient dynamoDb;

  @BeforeEach
  final void start() {
    server = LocalDynamoDb.start();
    local = server.client();
    dynamoDb = new ScriptedDynamoDbClient(local);
  }

  @AfterEach
  final void stop() {
    local.close();
    server.close();
  }

  final LocalDynamoDb server() {
    return server;
  }

  final LockTableAdmin lockTableAdmin() {
    return LockTableAdmin.create(dynamoDb.client()).withTimeSource(time);
  }

  final LockAdmin lockAdmin() {
    return LockAdmin.create(dynamoDb.client(), TABLE).withTimeSource(time);
  }

  /** An unprotected table, and a count of calls that begins after it. */
  final void createTable() throws InterruptedException {
    lockTableAdmin()
        .createTable(NewLockTable.of(TABLE).deletionProtection(DeletionProtection.DISABLED));
    dynamoDb.drainCalls();
  }

  /** A host whose clock is the test's; the server's clock is not asked about it. */
  final LockClient lockClient(String holder) {
    return DynamoDbLockClient.create(local, TABLE).withTimeSource(time).withHolder(holder);
  }

  final HeldLock acquire(String holder, String name) {
    return ((Acquisition.Acquired) lockClient(holder).tryAcquire(LockRequest.of(name))).lock();
  }

  final void putUnrecognizedRow(String name) {
    local.putItem(r -> r.tableName(TABLE).item(Map.of("resource_id", AttributeValue.fromS(name))));
  }
}
