package dev.holdfast.testkit;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.TableSchema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/**
 * Simulated DynamoDB table, in the form of its client. It supports PutItem and DeleteItem with
 * condition expressions and {@code ALL_OLD}, and returns the responses and errors of DynamoDB. It
 * injects the {@link #faults()} of a test and counts requests. Thread-safe.
 *
 * <pre>{@code
 * ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
 * SimulatedTable table = SimulatedTable.named("locks", clock);
 * LockClient locks = DynamoDbLockClient.create(table, "locks").withTimeSource(clock);
 *
 * table.faults().nextReplyLost();
 * locks.tryAcquire("order-42");
 * }</pre>
 *
 * <p>By default, a call sends its request once. {@link #withRetries(int)} simulates the retries of
 * the SDK.
 */
public final class SimulatedTable extends PutAndDeleteClient {
  private static final int OK = 200;

  private final String tableName;
  private final RowStore rows;
  private final FaultInjector faults = new FaultInjector();
  private final Consumer<Duration> timeoutClock;
  private final FaultyTransport transport;
  private volatile int maxRetries;
  private volatile ServerDateHeader serverTime = ServerDateHeader.NONE;

  private SimulatedTable(String table, String key, Consumer<Duration> timeoutClock) {
    this.tableName = table;
    this.rows = new RowStore(table, key);
    this.timeoutClock = timeoutClock;
    this.transport = new FaultyTransport(rows, faults, timeoutClock);
  }

  /**
   * Creates a lock table on which timeouts take no time.
   *
   * @param table the name of the table
   * @return an empty table with the key {@code resource_id} (String)
   */
  public static SimulatedTable named(String table) {
    return new SimulatedTable(table, TableSchema.KEY, timeout -> {});
  }

  /**
   * Creates a lock table on which a call without a reply lasts until its timeout.
   *
   * @param table the name of the table
   * @param clock the clock that such a call advances
   * @return an empty table with the key {@code resource_id} (String)
   */
  public static SimulatedTable named(String table, ManualClock clock) {
    return new SimulatedTable(table, TableSchema.KEY, clock::advance);
  }

  /**
   * Creates a table with another key than a lock table, for tests of the resulting errors.
   *
   * @param table the name of the table
   * @param key the name of the partition key, a String
   * @return an empty table
   */
  public static SimulatedTable withKey(String table, String key) {
    return new SimulatedTable(table, key, timeout -> {});
  }

  /**
   * Retries a request that failed or received no reply, as the SDK does within one call. Each retry
   * consumes the next fault of the script.
   *
   * @param retries the maximum number of retries, 0 or more
   * @return this table
   */
  public SimulatedTable withRetries(int retries) {
    if (retries < 0) {
      throw new IllegalArgumentException("retries must be at least 0, got " + retries);
    }
    this.maxRetries = retries;
    return this;
  }

  /**
   * Adds the time of the service to the {@code Date} header of every response, in whole seconds.
   *
   * @param serverTime the clock of the service
   * @return this table
   */
  public SimulatedTable serverTime(TimeSource serverTime) {
    this.serverTime = new ServerDateHeader(serverTime);
    return this;
  }

  /**
   * Sets the listener of all further writes that take effect, including those whose client receives
   * no reply. {@link #put} and {@link #delete} do not notify it.
   *
   * @param listener the listener; it replaces the previous one
   * @return this table
   */
  public SimulatedTable onChange(RowChangeListener listener) {
    rows.setListener(listener);
    return this;
  }

  /**
   * Returns the name that requests must contain.
   *
   * @return the name of the table
   */
  public String tableName() {
    return tableName;
  }

  /**
   * Returns the script of faults.
   *
   * @return the script of this table
   */
  public FaultInjector faults() {
    return faults;
  }

  /**
   * Returns the counts of the requests to this table.
   *
   * @return the counts until now
   */
  public RequestCounts counts() {
    return rows.counts();
  }

  /**
   * Returns a row.
   *
   * @param name the key of the row
   * @return the attributes of the row, or an empty result if it does not exist
   */
  public Optional<Map<String, AttributeValue>> row(String name) {
    return rows.row(name);
  }

  /**
   * Returns all rows.
   *
   * @return the attributes of each row by its key
   */
  public Map<String, Map<String, AttributeValue>> rows() {
    return rows.all();
  }

  /**
   * Puts a row without conditions and counts, as an operator or another program does.
   *
   * @param row the attributes, including the key
   */
  public void put(Map<String, AttributeValue> row) {
    rows.put(row);
  }

  /**
   * Deletes a row without conditions and counts, as an operator or time to live does.
   *
   * @param name the key of the row
   */
  public void delete(String name) {
    rows.delete(name);
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    var oldRow = execute(request, TableWrite.of(request));
    PutItemResponse.Builder response = PutItemResponse.builder();
    oldRow.ifPresent(response::attributes);
    response.sdkHttpResponse(serverTime.response(OK));
    return response.build();
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    var oldRow = execute(request, TableWrite.of(request));
    DeleteItemResponse.Builder response = DeleteItemResponse.builder();
    oldRow.ifPresent(response::attributes);
    response.sdkHttpResponse(serverTime.response(OK));
    return response.build();
  }

  @Override
  public DynamoDbServiceClientConfiguration serviceClientConfiguration() {
    return DynamoDbServiceClientConfiguration.builder()
        .region(Region.US_EAST_1)
        .overrideConfiguration(ClientOverrideConfiguration.builder().build())
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** Does nothing, because the table has no resources. */
  @Override
  public void close() {}

  @Override
  void onUnsupportedOperation() {
    rows.countUnsupported();
  }

  private Optional<Map<String, AttributeValue>> execute(DynamoDbRequest request, TableWrite write) {
    try {
      return new SimulatedCall(transport, timeoutClock, request.overrideConfiguration())
          .execute(write, maxRetries);
    } catch (AwsServiceException e) {
      throw serverTime.withDate(e);
    }
  }
}
