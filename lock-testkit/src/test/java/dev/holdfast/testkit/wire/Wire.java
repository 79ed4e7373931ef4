package dev.holdfast.testkit.wire;

import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.Faults;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Locks on DynamoDB Local through the real SDK, real HTTP and a fault proxy. The lock's clocks are
 * manual, so that no test depends on how fast the machine is; the SDK's time-outs are real.
 */
final class Wire implements AutoCloseable {
  static final Instant NOON = Instant.parse("2040-01-01T12:00:00Z");
  private static final String TABLE = "locks";

  final ManualTime time = ManualTime.at(NOON);
  final String name = "wire/" + UUID.randomUUID();
  private final FaultProxy proxy;
  private final DynamoDbClient direct;
  private final DynamoDbClient client;
  private final AtomicInteger calls = new AtomicInteger();

  Wire(LocalDynamoDb server, Sdk sdk) {
    this.proxy = FaultProxy.inFrontOf(server.endpoint());
    this.direct = server.client();
    this.client =
        LocalDynamoDb.clientBuilder(proxy.endpoint())
            .overrideConfiguration(
                o -> {
                  o.addExecutionInterceptor(counter());
                  if (sdk == Sdk.SENDING_ONCE) {
                    o.retryStrategy(r -> r.maxAttempts(1));
                  }
                })
            .build();
  }

  /** Who sends again where an answer is missing. */
  enum Sdk {
    /** The SDK, within one call, as it comes. */
    SENDING_AGAIN,
    /** Nobody but the lock: the SDK's retries are off. */
    SENDING_ONCE
  }

  static LocalDynamoDb server() {
    LocalDynamoDb server = LocalDynamoDb.start();
    server.createLockTable(TABLE);
    return server;
  }

  Locks locks(Duration lease) {
    return DynamoDbLocks.on(client, TABLE).withTime(time).withLease(lease);
  }

  /** Another host, whose requests meet no fault and are not counted. */
  Locks otherHost(Duration lease) {
    return DynamoDbLocks.on(direct, TABLE).withTime(time).withLease(lease);
  }

  Faults faults() {
    return proxy.faults();
  }

  /** Requests on the wire since the last reset, by operation. */
  Map<String, Integer> requests() {
    return proxy.requests();
  }

  /** Calls of the SDK since the last reset, however often each was sent. */
  int calls() {
    return calls.get();
  }

  void resetCounts() {
    proxy.resetRequests();
    calls.set(0);
  }

  Map<String, AttributeValue> row() {
    return direct.getItem(r -> r.tableName(TABLE).key(key()).consistentRead(true)).item();
  }

  /** The row's state, or "absent". */
  String state() {
    return row().getOrDefault("state", AttributeValue.fromS("absent")).s();
  }

  String version() {
    return row().getOrDefault("version", AttributeValue.fromN("-1")).n();
  }

  long token() {
    return Long.parseLong(row().getOrDefault("token", AttributeValue.fromN("-1")).n());
  }

  private Map<String, AttributeValue> key() {
    return Map.of("resource_id", AttributeValue.fromS(name));
  }

  private ExecutionInterceptor counter() {
    return new ExecutionInterceptor() {
      @Override
      public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        calls.incrementAndGet();
      }
    };
  }

  @Override
  public void close() {
    client.close();
    direct.close();
    proxy.close();
  }
}
