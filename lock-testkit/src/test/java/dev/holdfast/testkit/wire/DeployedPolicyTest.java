package dev.holdfast.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.policy.Access;
import dev.holdfast.policy.DeployedFiles;
import dev.holdfast.policy.IamPolicy;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Under the deployed policies locking works; with less of them, it is refused by its name. */
class DeployedPolicyTest {
  private static LocalDynamoDb server;

  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void createTables() {
    server = LocalDynamoDb.start();
    try (DynamoDbClient client = server.client()) {
      DeployedFiles.createTable(client, "locks");
      DeployedFiles.createTable(client, "other-locks");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void closeDoors() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @Test
  void wholeLifeOfALock_isAllowed() {
    HeldLock lock = acquire(locks(DeployedFiles.policy("locking", "locks"), "locks"), "order-1");
    lock.renew();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void tableByItsArn_isTheSameTable() {
    IamPolicy policy = DeployedFiles.policy("locking", "locks");
    HeldLock lock = acquire(locks(policy, Access.TABLES + "locks"), "order-2");
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void withoutPutItem_acquireIsRefused_andNamesIt() {
    IamPolicy policy =
        DeployedFiles.policy("locking", "locks", "\"dynamodb:PutItem\"", "\"dynamodb:GetItem\"");
    Locks locks = locks(policy, "locks");
    assertThatThrownBy(() -> locks.tryAcquire("order-3"))
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:PutItem on table 'locks'")
        .hasMessageContaining("AccessDeniedException");
  }

  @Test
  void withoutDeleteItem_releaseIsRefused_andNamesIt() {
    IamPolicy policy =
        DeployedFiles.policy("locking", "locks", "\"dynamodb:DeleteItem\"", "\"dynamodb:GetItem\"");
    HeldLock lock = acquire(locks(policy, "locks"), "order-4");
    assertThatThrownBy(lock::release)
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:DeleteItem on table 'locks'");
  }

  @Test
  void anotherTable_isRefused() {
    Locks locks = locks(DeployedFiles.policy("locking", "locks"), "other-locks");
    assertThatThrownBy(() -> locks.tryAcquire("order-5"))
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:PutItem on table 'other-locks'");
  }

  @Test
  void keyOutsideThePrefix_isRefused_andOneInsideIsNot() {
    Locks locks = locks(DeployedFiles.policy("locking-of-a-prefix", "locks"), "locks");
    acquire(locks, "contract/order-6").close();
    assertThatThrownBy(() -> locks.tryAcquire("order-6"))
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:PutItem");
  }

  @Test
  void readsAndUpdates_areRefused() {
    DynamoDbClient client = client(DeployedFiles.policy("locking", "locks"));
    Map<String, AttributeValue> key = Map.of("resource_id", AttributeValue.fromS("order-7"));
    List<Consumer<DynamoDbClient>> refused =
        List.of(
            c -> c.getItem(r -> r.tableName("locks").key(key)),
            c -> c.updateItem(r -> r.tableName("locks").key(key)),
            c -> c.scan(r -> r.tableName("locks")),
            c ->
                c.query(
                    r ->
                        r.tableName("locks")
                            .keyConditionExpression("resource_id = :k")
                            .expressionAttributeValues(Map.of(":k", AttributeValue.fromS("a")))),
            c -> c.deleteTable(r -> r.tableName("locks")));
    assertThat(refused)
        .allSatisfy(
            call ->
                assertThatThrownBy(() -> call.accept(client))
                    .isInstanceOfSatisfying(
                        DynamoDbException.class,
                        e ->
                            assertThat(e.awsErrorDetails().errorCode())
                                .isEqualTo("AccessDeniedException")));
  }

  @Test
  void transaction_isJudgedByItsParts() {
    DynamoDbClient client = client(DeployedFiles.policy("ownership-checks", "locks"));
    TransactWriteItem check =
        TransactWriteItem.builder()
            .conditionCheck(
                c ->
                    c.tableName("locks")
                        .key(Map.of("resource_id", AttributeValue.fromS("order-8")))
                        .conditionExpression("attribute_not_exists(resource_id)"))
            .build();
    TransactWriteItem put =
        TransactWriteItem.builder()
            .put(
                p ->
                    p.tableName("locks")
                        .item(Map.of("resource_id", AttributeValue.fromS("order-9"))))
            .build();
    assertThatCode(() -> client.transactWriteItems(r -> r.transactItems(check)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> client.transactWriteItems(r -> r.transactItems(check, put)))
        .hasMessageContaining("is not authorized to perform: dynamodb:PutItem");
  }

  private Locks locks(IamPolicy policy, String table) {
    return DynamoDbLocks.on(client(policy), table);
  }

  private DynamoDbClient client(IamPolicy policy) {
    FaultProxy door = FaultProxy.inFrontOf(server.endpoint(), policy::denied);
    DynamoDbClient client = LocalDynamoDb.clientBuilder(door.endpoint()).build();
    open.add(client);
    open.add(door);
    return client;
  }

  private static HeldLock acquire(Locks locks, String name) {
    return locks
        .tryAcquire(name)
        .fold(
            lock -> lock,
            busy -> {
              throw new AssertionError("busy: " + busy);
            },
            done -> {
              throw new AssertionError("done: " + done);
            });
  }
}
