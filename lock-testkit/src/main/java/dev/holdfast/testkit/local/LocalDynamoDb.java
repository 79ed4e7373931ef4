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
 * DynamoDB Local server in memory, on the loopback address and a free port. Its tables vanish when
 * it is closed. Thread-safe.
 *
 * <p>The server class of DynamoDB Local listens on every interface. This class runs its handler in
 * a separate Jetty server instead.
 */
public final class LocalDynamoDb implements AutoCloseable {
  /** Region of {@link #clientBuilder()}. */
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
   * Starts a server without tables, within one or two seconds.
   *
   * @return the running server; close it when done
   * @throws IllegalStateException if the server does not start
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
   * Returns the endpoint of the server.
   *
   * @return an {@code http} address on the loopback interface
   */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * Creates a client of this server with the settings of {@link #clientBuilder()}.
   *
   * @return a client; close it when done
   */
  public DynamoDbClient client() {
    return clientBuilder().build();
  }

  /**
   * Creates a client builder for this server. It has credentials, which DynamoDB Local does not
   * check, and the URL connection HTTP client. The caller can change them.
   *
   * @return a new builder
   */
  public DynamoDbClientBuilder clientBuilder() {
    return clientBuilder(endpoint);
  }

  /**
   * Creates a client builder like {@link #clientBuilder()} for another address, such as a proxy.
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
   * Creates a lock table with the key {@code resource_id} (String) and on-demand capacity. It has
   * no time to live, because DynamoDB Local deletes expired rows within seconds and the service
   * within days.
   *
   * <p>The method makes the first conditional write, which is slow, so that no timeout of a lock
   * includes it. The write leaves no row.
   *
   * @param table the name of the table
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
   * Creates a table with another key than a lock table, for tests of the resulting errors.
   *
   * @param table the name of the table
   * @param key the name of the partition key
   * @param type the type of the partition key
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

  /** Stops the server and discards its tables. */
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
