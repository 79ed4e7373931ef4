package dev.holdfast.testkit.wire;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.PendingDelivery;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

class FaultProxyTest {
  private static final Duration TIMEOUT = ofSeconds(30);

  private static LocalDynamoDb server;
  private static DynamoDbClient direct;

  private FaultProxy proxy;

  /** Sends each request once, so that a test observes the proxy only. */
  private DynamoDbClient noRetryClient;

  @BeforeAll
  static void startServer() {
    server = LocalDynamoDb.start();
    server.createLockTable("locks");
    direct = server.client();
  }

  @AfterAll
  static void stopServer() {
    direct.close();
    server.close();
  }

  @BeforeEach
  void start() {
    proxy = FaultProxy.start(server.endpoint());
    noRetryClient =
        LocalDynamoDb.clientBuilder(proxy.endpoint())
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
            .build();
    direct.deleteItem(r -> r.tableName("locks").key(key()));
  }

  @AfterEach
  void stop() {
    noRetryClient.close();
    proxy.close();
  }

  @Test
  void deniedRequest_isRejected_andConsumesNoFault() {
    try (FaultProxy denyingProxy =
            FaultProxy.start(
                server.endpoint(),
                (operation, body) ->
                    body.contains("order-denied") ? Optional.of(operation) : Optional.empty());
        DynamoDbClient client = LocalDynamoDb.clientBuilder(denyingProxy.endpoint()).build()) {
      denyingProxy.faults().next(Fault.THROTTLED);
      Map<String, AttributeValue> denied =
          Map.of("resource_id", AttributeValue.fromS("order-denied"));

      assertThatThrownBy(() -> client.putItem(r -> r.tableName("locks").item(denied)))
          .isInstanceOf(DynamoDbException.class)
          .hasMessageContaining("is not authorized to perform: dynamodb:PutItem")
          .hasMessageContaining("table/locks");
      assertThat(denyingProxy.faults().injectedCount(Fault.THROTTLED)).isZero();

      client.putItem(r -> r.tableName("locks").item(row("1")));
      assertThat(denyingProxy.requestCounts()).isEqualTo(Map.of("PutItem", 3));
    }
  }

  @Test
  void withoutFaults_requestsAreForwarded_andCountedByOperation() {
    put(noRetryClient, "1");
    var old = put(noRetryClient, "2");
    noRetryClient.deleteItem(r -> r.tableName("locks").key(key()));

    assertThat(old.attributes()).isEqualTo(row("1"));
    assertThat(proxy.requestCounts()).isEqualTo(Map.of("PutItem", 2, "DeleteItem", 1));

    proxy.resetRequestCounts();
    assertThat(proxy.requestCounts()).isEmpty();
  }

  @Test
  void endpoint_isOnLoopbackInterface() {
    assertThat(proxy.endpoint().getHost()).isEqualTo("127.0.0.1");
    assertThat(server.endpoint().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void replyLost_breaksConnectionAfterWrite() {
    proxy.faults().nextReplyLost();

    assertThatThrownBy(() -> put(noRetryClient, "1")).isInstanceOf(SdkClientException.class);

    assertThat(stored()).isEqualTo("1");
  }

  @Test
  void requestLost_breaksConnectionBeforeWrite() {
    proxy.faults().nextRequestLost();

    assertThatThrownBy(() -> put(noRetryClient, "1")).isInstanceOf(SdkClientException.class);

    assertThat(stored()).isEqualTo("none");
    assertThat(proxy.requestCounts()).isEqualTo(Map.of("PutItem", 1));
  }

  @Test
  void failed_beforeOrAfterWrite_isInternalServerError() {
    proxy.faults().nextFailsBeforeApplying().nextFailsAfterApplying();

    var failed =
        catchThrowableOfType(InternalServerErrorException.class, () -> put(noRetryClient, "1"));
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(stored()).isEqualTo("none");

    assertThatThrownBy(() -> put(noRetryClient, "1"))
        .isInstanceOf(InternalServerErrorException.class);
    assertThat(stored()).isEqualTo("1");
  }

  @Test
  void throttled_throwsMatchingSdkException() {
    proxy.faults().nextThrottled().next(Fault.THROUGHPUT_EXCEEDED);

    var first = catchThrowableOfType(DynamoDbException.class, () -> put(noRetryClient, "1"));
    assertThat(first.isThrottlingException()).isTrue();
    assertThatThrownBy(() -> put(noRetryClient, "1"))
        .isInstanceOf(ProvisionedThroughputExceededException.class)
        .hasMessageContaining("provisioned throughput");
    assertThat(stored()).isEqualTo("none");
  }

  @Test
  void denied_namesActionAndTable() {
    proxy.faults().nextDenied();

    var denied = catchThrowableOfType(DynamoDbException.class, () -> put(noRetryClient, "1"));

    assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
    assertThat(denied.awsErrorDetails().errorMessage())
        .contains("is not authorized to perform: dynamodb:PutItem")
        .contains(":table/locks");
  }

  @Test
  void replyDelayed_beyondClientTimeout_isApplied() {
    PendingDelivery reply = proxy.faults().nextReplyDelayed();

    putUntilTimeout(reply);
    assertThat(stored()).isEqualTo("1");

    reply.deliver();
  }

  @Test
  void replyDelayed_andDelivered_reachesClient() throws InterruptedException {
    PendingDelivery reply = proxy.faults().nextReplyDelayed();
    var call = CompletableFuture.supplyAsync(() -> put(noRetryClient, "1"));
    reply.awaitSent();
    assertThat(call).isNotDone();

    reply.deliver();

    assertThat(call).succeedsWithin(TIMEOUT);
  }

  @Test
  void requestDelayed_beyondClientTimeout_isAppliedOnDelivery() {
    PendingDelivery request = proxy.faults().nextRequestDelayed();

    putUntilTimeout(request);
    assertThat(stored()).isEqualTo("none");

    request.deliver();
    assertThat(stored()).isEqualTo("1");
  }

  @Test
  void duplicatedRequest_isAppliedAgainOnDelivery() {
    PendingDelivery copy = proxy.faults().nextDuplicated();
    put(noRetryClient, "1");
    put(noRetryClient, "2");

    copy.deliver();

    assertThat(stored()).isEqualTo("1");
  }

  @Test
  void beforeNextReply_runsBetweenWriteAndReply() {
    proxy.faults().beforeNextReply(() -> put(direct, "2"));

    put(noRetryClient, "1");

    assertThat(stored()).isEqualTo("2");
  }

  @Test
  void replyLost_isRetriedBySdk_onNewConnection() {
    try (DynamoDbClient retryingClient =
        LocalDynamoDb.clientBuilder(proxy.endpoint())
            .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD))
            .build()) {
      put(retryingClient, "1");
      proxy.faults().nextReplyLost();

      assertThat(put(retryingClient, "2").attributes())
          .as("its own earlier copy")
          .isEqualTo(row("2"));
      assertThat(proxy.requestCounts()).isEqualTo(Map.of("PutItem", 3));
    }
  }

  private static PutItemResponse put(DynamoDbClient client, String value) {
    return client.putItem(r -> r.tableName("locks").item(row(value)).returnValues("ALL_OLD"));
  }

  /**
   * Puts an item until a timeout. On a busy machine, the timeout can end before the request is in
   * flight.
   */
  private void putUntilTimeout(PendingDelivery held) {
    for (Duration timeout = ofSeconds(1); !held.isSent(); timeout = timeout.multipliedBy(4)) {
      Duration callTimeout = timeout;
      assertThatThrownBy(() -> putWithTimeout(callTimeout))
          .isInstanceOf(ApiCallTimeoutException.class);
    }
  }

  private void putWithTimeout(Duration timeout) {
    noRetryClient.putItem(
        r ->
            r.tableName("locks")
                .item(row("1"))
                .overrideConfiguration(o -> o.apiCallTimeout(timeout)));
  }

  private static Map<String, AttributeValue> key() {
    return Map.of("resource_id", AttributeValue.fromS("a"));
  }

  private static Map<String, AttributeValue> row(String value) {
    return Map.of("resource_id", AttributeValue.fromS("a"), "v", AttributeValue.fromS(value));
  }

  private static String stored() {
    var item = direct.getItem(r -> r.tableName("locks").key(key()).consistentRead(true)).item();
    return item.getOrDefault("v", AttributeValue.fromS("none")).s();
  }
}
