package dev.holdfast.verification.contract;

import dev.holdfast.policy.IamPolicy;
import dev.holdfast.policy.TemplateSnapshots;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.testkit.wire.FaultProxy;
import java.net.URI;
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
 * Table that the contract runs against. Tests read and prepare it with PutItem and DeleteItem
 * alone, so that a real table needs no other permission.
 */
final class ContractTable implements AutoCloseable {
  private static final String LOCKS = "locks";
  private static final String DEPLOYED_LOCKS = "deployed-locks";

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
   * Returns the simulated table, DynamoDB Local over HTTP, and the deployed table behind the
   * deployed policy. The profile {@code localstack} adds LocalStack. Properties add any endpoint
   * and a real table. Another one leaves only the simulated table, for mutation testing.
   */
  static Stream<ContractTable> all() {
    if (Boolean.getBoolean("holdfast.contract.simulated")) {
      return simulatedOnly();
    }
    Stream<Supplier<ContractTable>> always =
        Stream.of(ContractTable::simulated, ContractTable::local, ContractTable::behindPolicyProxy);
    return Stream.of(
            always,
            localStack(),
            endpoint(System.getProperty("holdfast.contract.endpoint")),
            real(System.getProperty("holdfast.contract.table")))
        .flatMap(tables -> tables)
        .map(Supplier::get);
  }

  private static Stream<Supplier<ContractTable>> localStack() {
    return Boolean.getBoolean("holdfast.contract.localstack")
        ? Stream.of(ContractTable::startLocalStack)
        : Stream.empty();
  }

  private static ContractTable startLocalStack() {
    return at("LocalStack", LocalStack.shared().endpoint());
  }

  private static Stream<Supplier<ContractTable>> endpoint(@Nullable String url) {
    return url == null ? Stream.empty() : Stream.of(() -> at(url, URI.create(url)));
  }

  /**
   * Creates a table at an endpoint that accepts all credentials. It is deleted when it is closed.
   */
  static ContractTable at(String kind, URI endpoint) {
    DynamoDbClient client = LocalDynamoDb.clientBuilder(endpoint).build();
    String table = LOCKS + "-" + UUID.randomUUID();
    TemplateSnapshots.createTable(client, table);
    return new ContractTable(
        kind,
        table,
        client,
        () -> {
          try (DynamoDbClient other = LocalDynamoDb.clientBuilder(endpoint).build()) {
            other.deleteTable(r -> r.tableName(table));
          }
        });
  }

  /** Returns the simulated table, for tests that need many cases rather than many tables. */
  static Stream<ContractTable> simulatedOnly() {
    return Stream.of(simulated());
  }

  static ContractTable simulated() {
    return new ContractTable(
        "simulated", LOCKS, SimulatedTable.named(LOCKS), ContractTable::keepOpen);
  }

  private static ContractTable local() {
    return new ContractTable(
        "DynamoDB Local", LOCKS, SharedServer.INSTANCE.client(), ContractTable::keepOpen);
  }

  /** Returns the deployed table behind its policy, which permits the keys of the contract only. */
  private static ContractTable behindPolicyProxy() {
    IamPolicy policy = TemplateSnapshots.policy("locking-with-prefix", DEPLOYED_LOCKS);
    FaultProxy policyProxy =
        FaultProxy.start(SharedServer.INSTANCE.endpoint(), policy::findDeniedOperation);
    DynamoDbClient client = LocalDynamoDb.clientBuilder(policyProxy.endpoint()).build();
    return new ContractTable("behind the policy", DEPLOYED_LOCKS, client, policyProxy::close);
  }

  private static void keepOpen() {}

  /** The DynamoDB Local server of all contract tables, which runs until the JVM exits. */
  private static final class SharedServer {
    static final LocalDynamoDb INSTANCE = start();

    private static LocalDynamoDb start() {
      LocalDynamoDb server = LocalDynamoDb.start();
      server.createLockTable(LOCKS);
      try (DynamoDbClient client = server.client()) {
        TemplateSnapshots.createTable(client, DEPLOYED_LOCKS);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "contract-server"));
      return server;
    }
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
    return new ContractTable("real table", table, client, ContractTable::keepOpen);
  }

  DynamoDbClient client() {
    return client;
  }

  String name() {
    return name;
  }

  /** Reads a row with a put whose condition is always false. */
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
