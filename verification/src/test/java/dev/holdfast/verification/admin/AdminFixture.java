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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB Local without tables at the start of each test. It does not support tags and never
 * throttles; the scripted client simulates both.
 */
abstract class AdminFixture {
  static final String TABLE = "orders-locks";
  static final String NAME = "order-42";

  final ManualClock time = ManualClock.at(Instant.parse("2027-01-15T08:00:00Z"));

  static LocalDynamoDb server;
  static DynamoDbClient local;
  ScriptedDynamoDbClient dynamoDb;

  @BeforeAll
  static void start() {
    server = LocalDynamoDb.start();
    local = server.client();
  }

  @AfterAll
  static void stop() {
    local.close();
    server.close();
  }

  @BeforeEach
  final void script() {
    dynamoDb = new ScriptedDynamoDbClient(local);
  }

  @AfterEach
  final void deleteTables() {
    for (String table : local.listTables().tableNames()) {
      local.updateTable(r -> r.tableName(table).deletionProtectionEnabled(false));
      local.deleteTable(r -> r.tableName(table));
    }
  }

  final LockTableAdmin lockTableAdmin() {
    return LockTableAdmin.create(dynamoDb.client()).withTimeSource(time);
  }

  final LockAdmin lockAdmin() {
    return LockAdmin.create(dynamoDb.client(), TABLE).withTimeSource(time);
  }

  /** Creates a table without deletion protection and clears the recorded calls. */
  final void createTable() throws InterruptedException {
    lockTableAdmin()
        .createTable(NewLockTable.of(TABLE).deletionProtection(DeletionProtection.DISABLED));
    dynamoDb.drainCalls();
  }

  /** Returns a client on the clock of the test, without a check against the clock of the server. */
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
