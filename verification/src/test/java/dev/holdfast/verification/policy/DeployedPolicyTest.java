package dev.holdfast.verification.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.policy.AccessRequest;
import dev.holdfast.policy.IamPolicy;
import dev.holdfast.policy.TemplateSnapshots;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.testkit.wire.FaultProxy;
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

/**
 * Tests the deployed policies: locking works with them, and a missing permission gives a named
 * error.
 */
class DeployedPolicyTest {
  private static LocalDynamoDb server;

  private final List<AutoCloseable> resources = new ArrayList<>();

  @BeforeAll
  static void createTables() {
    server = LocalDynamoDb.start();
    try (DynamoDbClient client = server.client()) {
      TemplateSnapshots.createTable(client, "locks");
      TemplateSnapshots.createTable(client, "other-locks");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void closeResources() throws Exception {
    for (AutoCloseable closeable : resources) {
      closeable.close();
    }
  }

  @Test
  void lockLifecycle_isAllowed() {
    HeldLock lock =
        acquire(lockClient(TemplateSnapshots.policy("locking", "locks"), "locks"), "order-1");
    lock.renew();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void tableByArn_isSameTable() {
    IamPolicy policy = TemplateSnapshots.policy("locking", "locks");
    HeldLock lock =
        acquire(lockClient(policy, AccessRequest.TABLE_ARN_PREFIX + "locks"), "order-2");
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void acquire_withoutPutItem_isDenied_andNamesAction() {
    IamPolicy policy =
        TemplateSnapshots.policy(
            "locking", "locks", "\"dynamodb:PutItem\"", "\"dynamodb:GetItem\"");
    LockClient lockClient = lockClient(policy, "locks");
    assertThatThrownBy(() -> lockClient.tryAcquire("order-3"))
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:PutItem on table 'locks'")
        .hasMessageContaining("AccessDeniedException");
  }

  @Test
  void release_withoutDeleteItem_isDenied_andNamesAction() {
    IamPolicy policy =
        TemplateSnapshots.policy(
            "locking", "locks", "\"dynamodb:DeleteItem\"", "\"dynamodb:GetItem\"");
    HeldLock lock = acquire(lockClient(policy, "locks"), "order-4");
    assertThatThrownBy(lock::release)
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:DeleteItem on table 'locks'");
  }

  @Test
  void acquire_inOtherTable_isDenied() {
    LockClient lockClient = lockClient(TemplateSnapshots.policy("locking", "locks"), "other-locks");
    assertThatThrownBy(() -> lockClient.tryAcquire("order-5"))
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:PutItem on table 'other-locks'");
  }

  @Test
  void acquire_ofKeyOutsidePrefix_isDenied() {
    LockClient lockClient =
        lockClient(TemplateSnapshots.policy("locking-with-prefix", "locks"), "locks");
    acquire(lockClient, "contract/order-6").close();
    assertThatThrownBy(() -> lockClient.tryAcquire("order-6"))
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:PutItem");
  }

  @Test
  void readsAndUpdates_areDenied() {
    DynamoDbClient client = client(TemplateSnapshots.policy("locking", "locks"));
    Map<String, AttributeValue> key = Map.of("resource_id", AttributeValue.fromS("order-7"));
    List<Consumer<DynamoDbClient>> denied =
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
    assertThat(denied)
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
  void transaction_isAuthorizedByItsParts() {
    DynamoDbClient client = client(TemplateSnapshots.policy("ownership-checks", "locks"));
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

  private LockClient lockClient(IamPolicy policy, String table) {
    return DynamoDbLockClient.create(client(policy), table);
  }

  private DynamoDbClient client(IamPolicy policy) {
    FaultProxy policyProxy = FaultProxy.start(server.endpoint(), policy::findDeniedOperation);
    DynamoDbClient client = LocalDynamoDb.clientBuilder(policyProxy.endpoint()).build();
    resources.add(client);
    resources.add(policyProxy);
    return client;
  }

  private static HeldLock acquire(LockClient lockClient, String name) {
    return lockClient
        .tryAcquire(name)
        .fold(
            lock -> lock,
            busy -> {
              throw new AssertionError("busy: " + busy);
            },
            completed -> {
              throw new AssertionError("done: " + completed);
            });
  }
}
