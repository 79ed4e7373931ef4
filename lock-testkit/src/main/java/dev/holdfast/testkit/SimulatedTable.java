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
 * One DynamoDB table in memory, as the client that reaches it: PutItem and DeleteItem with
 * condition expressions and {@code ALL_OLD}, nothing else. It answers what DynamoDB answers, errors
 * included, fails as {@link #faults()} says, and counts. Safe for use by several threads.
 *
 * <pre>{@code
 * ManualTime time = ManualTime.at(Instant.parse("2026-01-01T00:00:00Z"));
 * SimulatedTable table = SimulatedTable.named("locks", time);
 * Locks locks = DynamoDbLocks.on(table, "locks").withTime(time);
 *
 * table.faults().nextReplyLost();
 * locks.tryAcquire("order-42");
 * }</pre>
 *
 * <p>By default one call is one sending. {@link #withRetries(int)} plays the SDK's own retries.
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
   * A lock table on which time-outs take no time.
   *
   * @param table the table's name
   * @return an empty table with the key {@code resource_id} (String)
   */
  public static SimulatedTable named(String table) {
    return new SimulatedTable(table, TableSchema.KEY, timeout -> {});
  }

  /**
   * A lock table on which a call that hears nothing lasts until its time-out.
   *
   * @param table the table's name
   * @param clock the clock that such a call advances
   * @return an empty table with the key {@code resource_id} (String)
   */
  public static SimulatedTable named(String table, ManualClock clock) {
    return new SimulatedTable(table, TableSchema.KEY, clock::advance);
  }

  /**
   * A table that is no lock table, to show what is said of such a table.
   *
   * @param table the table's name
   * @param key the name of its one key, a String
   * @return an empty table
   */
  public static SimulatedTable withKey(String table, String key) {
    return new SimulatedTable(table, key, timeout -> {});
  }

  /**
   * Sends a request that failed or heard nothing again, as the SDK does, within the same call; each
   * sending meets the script's next fault.
   *
   * @param retries how often at most, 0 or more
   * @return this table
   */
  public SimulatedTable withRetries(int retries) {
    if (retries < 0) {
      throw new IllegalArgumentException("resends must be 0 or more, got " + retries);
    }
    this.maxRetries = retries;
    return this;
  }

  /**
   * Shows the service's time in the {@code Date} header of every answer, in whole seconds.
   *
   * @param serverTime the service's own clock
   * @return this table
   */
  public SimulatedTable serverTime(TimeSource serverTime) {
    this.serverTime = new ServerDateHeader(serverTime);
    return this;
  }

  /**
   * Tells of each write that takes effect from now on, also of one whose client hears nothing; not
   * of what {@link #put} and {@link #delete} do.
   *
   * @param listener the one that is told, instead of the one before
   * @return this table
   */
  public SimulatedTable onChange(RowChangeListener listener) {
    rows.setListener(listener);
    return this;
  }

  /**
   * The name by which requests must call this table.
   *
   * @return the table's name
   */
  public String tableName() {
    return tableName;
  }

  /**
   * The script of what goes wrong.
   *
   * @return this table's one script
   */
  public FaultInjector faults() {
    return faults;
  }

  /**
   * What this table has seen so far.
   *
   * @return the counts up to now
   */
  public RequestCounts counts() {
    return rows.counts();
  }

  /**
   * One row as it is.
   *
   * @param name the row's key
   * @return its attributes, or nothing where there is no such row
   */
  public Optional<Map<String, AttributeValue>> row(String name) {
    return rows.row(name);
  }

  /**
   * All rows as they are.
   *
   * @return the attributes of each row by its key
   */
  public Map<String, Map<String, AttributeValue>> rows() {
    return rows.all();
  }

  /**
   * Puts a row past every condition and count, as an operator or another program would.
   *
   * @param row its attributes, the key among them
   */
  public void put(Map<String, AttributeValue> row) {
    rows.put(row);
  }

  /**
   * Deletes a row past every condition and count, as an operator or TTL would.
   *
   * @param name the row's key
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

  /** Does nothing: there is nothing to close. */
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
