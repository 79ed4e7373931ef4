package dev.holdfast.verification.network;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.testkit.wire.FaultProxy;
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
 * Locks on DynamoDB Local through the SDK, HTTP and a fault proxy. The clocks of the lock are
 * manual, so that no test depends on the speed of the machine. The timeouts of the SDK are real.
 */
final class FaultProxyFixture implements AutoCloseable {
  static final Instant NOON = Instant.parse("2040-01-01T12:00:00Z");
  private static final String TABLE = "locks";

  final ManualClock time = ManualClock.at(NOON);
  final String name = "wire/" + UUID.randomUUID();
  private final FaultProxy proxy;
  private final DynamoDbClient direct;
  private final DynamoDbClient client;
  private final AtomicInteger sdkCalls = new AtomicInteger();

  FaultProxyFixture(LocalDynamoDb server, SdkRetries sdk) {
    this.proxy = FaultProxy.start(server.endpoint());
    this.direct = server.client();
    this.client =
        LocalDynamoDb.clientBuilder(proxy.endpoint())
            .overrideConfiguration(
                o -> {
                  o.addExecutionInterceptor(callCounter());
                  if (sdk == SdkRetries.DISABLED) {
                    o.retryStrategy(r -> r.maxAttempts(1));
                  }
                })
            .build();
  }

  /** The layer that resends a request without a reply. */
  enum SdkRetries {
    /** The SDK resends within one call, by its default configuration. */
    ENABLED,
    /** Only the lock resends; the retries of the SDK are off. */
    DISABLED
  }

  static LocalDynamoDb startServer() {
    LocalDynamoDb server = LocalDynamoDb.start();
    server.createLockTable(TABLE);
    return server;
  }

  LockClient lockClient(Duration leaseDuration) {
    return DynamoDbLockClient.create(client, TABLE)
        .withTimeSource(time)
        .withLeaseDuration(leaseDuration);
  }

  /** Returns a lock client of another host, whose requests have no faults and are not counted. */
  LockClient otherHostClient(Duration leaseDuration) {
    return DynamoDbLockClient.create(direct, TABLE)
        .withTimeSource(time)
        .withLeaseDuration(leaseDuration);
  }

  FaultInjector faults() {
    return proxy.faults();
  }

  /** Returns the number of HTTP requests since the last reset, by operation. */
  Map<String, Integer> requests() {
    return proxy.requestCounts();
  }

  /** Returns the number of SDK calls since the last reset, without the SDK's retries. */
  int sdkCalls() {
    return sdkCalls.get();
  }

  void resetCounts() {
    proxy.resetRequestCounts();
    sdkCalls.set(0);
  }

  Map<String, AttributeValue> row() {
    return direct.getItem(r -> r.tableName(TABLE).key(key()).consistentRead(true)).item();
  }

  /** Returns the state of the row, or "absent". */
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

  private ExecutionInterceptor callCounter() {
    return new ExecutionInterceptor() {
      @Override
      public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        sdkCalls.incrementAndGet();
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
