package dev.holdfast.verification.contract;

import dev.holdfast.policy.IamPolicy;
import dev.holdfast.policy.TemplateSnapshots;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.testkit.wire.FaultProxy;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * A table that the contract runs against, looked at and prepared with PutItem and DeleteItem alone,
 * so that a real table needs no other permission.
 */
final class ContractTable implements AutoCloseable {
  private static final String LOCKS = "locks";

  private final String kind;
  private final String name;
  private final DynamoDbClient client;
  private final Runnable onClose;

  private ContractTable(String kind, String name, DynamoDbClient client, Runnable onClose) {
    this.kind = kind;
    this.name = name;
    this.client = client;
    this.onClose = onClose;
  }

  /**
   * The simulated table, DynamoDB Local over HTTP, the same with the deployed table behind the
   * deployed policy, LocalStack where the profile {@code localstack} asks for it, and a real table
   * where two properties name it.
   */
  static Stream<ContractTable> all() {
    Stream<Supplier<ContractTable>> always =
        Stream.of(ContractTable::simulated, ContractTable::local, ContractTable::behindPolicyProxy);
    return Stream.of(always, localStack(), real(System.getProperty("holdfast.contract.table")))
        .flatMap(tables -> tables)
        .map(Supplier::get);
  }

  private static Stream<Supplier<ContractTable>> localStack() {
    return Boolean.getBoolean("holdfast.contract.localstack")
        ? Stream.of(ContractTable::startLocalStack)
        : Stream.empty();
  }

  private static ContractTable startLocalStack() {
    DynamoDbClient client = LocalStack.shared().client();
    String table = LOCKS + "-" + UUID.randomUUID();
    TemplateSnapshots.createTable(client, table);
    return new ContractTable("LocalStack", table, client, () -> {});
  }

  static ContractTable simulated() {
    return new ContractTable("simulated", LOCKS, SimulatedTable.named(LOCKS), () -> {});
  }

  static ContractTable local() {
    LocalDynamoDb server = LocalDynamoDb.start();
    server.createLockTable(LOCKS);
    return new ContractTable("DynamoDB Local", LOCKS, server.client(), server::close);
  }

  /** Only the contract's own keys may be put and deleted there. */
  static ContractTable behindPolicyProxy() {
    LocalDynamoDb server = LocalDynamoDb.start();
    try (DynamoDbClient unrestricted = server.client()) {
      TemplateSnapshots.createTable(unrestricted, LOCKS);
    }
    IamPolicy policy = TemplateSnapshots.policy("locking-of-a-prefix", LOCKS);
    FaultProxy policyProxy = FaultProxy.start(server.endpoint(), policy::findDeniedOperation);
    DynamoDbClient client = LocalDynamoDb.clientBuilder(policyProxy.endpoint()).build();
    return new ContractTable(
        "behind the policy",
        LOCKS,
        client,
        () -> {
          policyProxy.close();
          server.close();
        });
  }

  private static Stream<Supplier<ContractTable>> real(@Nullable String table) {
    String region = System.getProperty("holdfast.contract.region");
    if (table == null || region == null) {
      return Stream.empty();
    }
    return Stream.of(() -> real(table, region));
  }

  private static ContractTable real(String table, String region) {
    System.out.printf(
        "contract: on the real table %s in %s, about 2,300 write units in all classes together,"
            + " under 0.002 USD; rows start with contract/ and are deleted after each test%n",
        table, region);
    DynamoDbClient client =
        DynamoDbClient.builder()
            .region(Region.of(region))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    return new ContractTable("real table", table, client, () -> {});
  }

  DynamoDbClient client() {
    return client;
  }

  String name() {
    return name;
  }

  /** Reads by a put that is always refused. */
  Optional<Map<String, AttributeValue>> row(String key) {
    try {
      client.putItem(
          r ->
              r.tableName(name)
                  .item(key(key))
                  .conditionExpression("attribute_exists(#k) AND attribute_not_exists(#k)")
                  .expressionAttributeNames(Map.of("#k", "resource_id"))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
    } catch (ConditionalCheckFailedException rejected) {
      return rejected.hasItem() ? Optional.of(rejected.item()) : Optional.empty();
    }
    throw new AssertionError("a row both exists and does not exist");
  }

  void put(Map<String, AttributeValue> row) {
    client.putItem(r -> r.tableName(name).item(row));
  }

  void delete(String key) {
    client.deleteItem(r -> r.tableName(name).key(key(key)));
  }

  private static Map<String, AttributeValue> key(String key) {
    return Map.of("resource_id", AttributeValue.fromS(key));
  }

  @Override
  public void close() {
    client.close();
    onClose.run();
  }

  @Override
  public String toString() {
    return kind;
  }
}
