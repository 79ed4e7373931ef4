package dev.holdfast.testkit.local;

import dev.holdfast.lock.dynamodb.TableSchema;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * An in-memory DynamoDB Local server, bound to the loopback address and a free port. Its tables
 * vanish when it is closed. Safe for use by several threads.
 *
 * <p>DynamoDB Local's own server class binds every interface, so this one puts its handler into a
 * Jetty server of its own.
 */
public final class LocalDynamoDb implements AutoCloseable {
  /** The Region that {@link #clientBuilder()} signs for. */
  public static final Region REGION = Region.US_EAST_1;

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int ANY_FREE_PORT = 0;

  private final LocalDynamoDBRequestHandler requestHandler;
  private final Server server;
  private final URI endpoint;

  private LocalDynamoDb(LocalDynamoDBRequestHandler requestHandler, Server server, URI endpoint) {
    this.requestHandler = requestHandler;
    this.server = server;
    this.endpoint = endpoint;
  }

  /**
   * Starts a server without any table; takes a second or two.
   *
   * @return the running server; close it when done
   * @throws IllegalStateException where it does not start
   */
  public static LocalDynamoDb start() {
    try {
      return startOnLoopback();
    } catch (Exception e) {
      throw new IllegalStateException("dynamodb local did not start: " + e.getMessage(), e);
    }
  }

  private static LocalDynamoDb startOnLoopback() throws Exception {
    boolean inMemory = true;
    var requestHandler =
        new LocalDynamoDBRequestHandler(ANY_FREE_PORT, inMemory, null, false, false);
    var handler = new LocalDynamoDBServerHandler(requestHandler, null);
    var server =
        new Server(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), ANY_FREE_PORT));
    server.setHandler(new DynamoDBProxyServer(ANY_FREE_PORT, handler).setUpHandler(handler));
    server.start();
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return new LocalDynamoDb(requestHandler, server, URI.create("http://127.0.0.1:" + port));
  }

  /**
   * Where the server listens.
   *
   * @return an {@code http} address on the loopback interface
   */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * A new client of this server with the settings of {@link #clientBuilder()}.
   *
   * @return a client; close it when done
   */
  public DynamoDbClient client() {
    return clientBuilder().build();
  }

  /**
   * A client builder for this server, with credentials that DynamoDB Local accepts (any do) and the
   * URL-connection HTTP client, to be changed at will.
   *
   * @return a new builder
   */
  public DynamoDbClientBuilder clientBuilder() {
    return clientBuilder(endpoint);
  }

  /**
   * A client builder as {@link #clientBuilder()} for another address: a proxy in front of a server.
   *
   * @param endpoint the address
   * @return a new builder
   */
  public static DynamoDbClientBuilder clientBuilder(URI endpoint) {
    var credentials = AwsBasicCredentials.create("local", "local");
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClientBuilder(UrlConnectionHttpClient.builder());
  }

  /**
   * Creates a lock table: key {@code resource_id} (String), on-demand, and no TTL, since DynamoDB
   * Local deletes expired rows within seconds where the service takes days. A first conditional
   * write, which is slow, is made here, where no time-out of a lock counts it; it leaves no row.
   *
   * @param table the table's name
   */
  public void createLockTable(String table) {
    createTable(table, TableSchema.KEY, ScalarAttributeType.S);
    try (DynamoDbClient client = client()) {
      client.deleteItem(
          r ->
              r.tableName(table)
                  .key(Map.of(TableSchema.KEY, AttributeValue.fromS("first")))
                  .conditionExpression("attribute_not_exists(#key)")
                  .expressionAttributeNames(Map.of("#key", TableSchema.KEY)));
    }
  }

  /**
   * Creates a table with another key than locks need, to show what is said of such a table.
   *
   * @param table the table's name
   * @param key the partition key's name
   * @param type the partition key's type
   */
  public void createTable(String table, String key, ScalarAttributeType type) {
    var attribute = AttributeDefinition.builder().attributeName(key).attributeType(type).build();
    var partition = KeySchemaElement.builder().attributeName(key).keyType(KeyType.HASH).build();
    try (DynamoDbClient client = client()) {
      client.createTable(
          r ->
              r.tableName(table)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(attribute)
                  .keySchema(partition));
    }
  }

  /** Stops the server; its tables are gone. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("dynamodb local did not stop: " + e.getMessage(), e);
    } finally {
      requestHandler.shutdown();
    }
  }
}
