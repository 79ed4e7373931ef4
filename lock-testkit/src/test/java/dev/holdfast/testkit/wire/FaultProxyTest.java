package dev.holdfast.testkit.wire;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.HeldRequest;
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
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

class FaultProxyTest {
  private static final Duration PATIENCE = ofSeconds(30);

  private static LocalDynamoDb server;
  private static DynamoDbClient direct;

  private FaultProxy proxy;

  /** Sends each request once, so that what is seen is what the proxy did. */
  private DynamoDbClient once;

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
    proxy = FaultProxy.inFrontOf(server.endpoint());
    once =
        LocalDynamoDb.clientBuilder(proxy.endpoint())
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
            .build();
    direct.deleteItem(r -> r.tableName("locks").key(key()));
  }

  @AfterEach
  void stop() {
    once.close();
    proxy.close();
  }

  @Test
  void deniedRequest_isRefusedByItsName_andTakesNoFault() {
    try (FaultProxy judge =
            FaultProxy.inFrontOf(
                server.endpoint(),
                (operation, body) ->
                    body.contains("order-denied") ? Optional.of(operation) : Optional.empty());
        DynamoDbClient client = LocalDynamoDb.clientBuilder(judge.endpoint()).build()) {
      judge.faults().next(Fault.THROTTLED);
      Map<String, AttributeValue> denied =
          Map.of("resource_id", AttributeValue.fromS("order-denied"));

      assertThatThrownBy(() -> client.putItem(r -> r.tableName("locks").item(denied)))
          .isInstanceOf(DynamoDbException.class)
          .hasMessageContaining("is not authorized to perform: dynamodb:PutItem")
          .hasMessageContaining("table/locks");
      assertThat(judge.faults().injected(Fault.THROTTLED)).isZero();

      client.putItem(r -> r.tableName("locks").item(row("1")));
      assertThat(judge.requests()).isEqualTo(Map.of("PutItem", 3));
    }
  }

  @Test
  void withoutFaults_requestsPass_andAreCountedByOperation() {
    put(once, "1");
    var old = put(once, "2");
    once.deleteItem(r -> r.tableName("locks").key(key()));

    assertThat(old.attributes()).isEqualTo(row("1"));
    assertThat(proxy.requests()).isEqualTo(Map.of("PutItem", 2, "DeleteItem", 1));

    proxy.resetRequests();
    assertThat(proxy.requests()).isEmpty();
  }

  @Test
  void endpoint_isOnTheLoopbackInterface() {
    assertThat(proxy.endpoint().getHost()).isEqualTo("127.0.0.1");
    assertThat(server.endpoint().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void replyLost_theConnectionBreaksAfterTheWrite() {
    proxy.faults().nextReplyLost();

    assertThatThrownBy(() -> put(once, "1")).isInstanceOf(SdkClientException.class);

    assertThat(stored()).isEqualTo("1");
  }

  @Test
  void requestLost_theConnectionBreaksBeforeTheWrite() {
    proxy.faults().nextRequestLost();

    assertThatThrownBy(() -> put(once, "1")).isInstanceOf(SdkClientException.class);

    assertThat(stored()).isEqualTo("none");
    assertThat(proxy.requests()).isEqualTo(Map.of("PutItem", 1));
  }

  @Test
  void failed_beforeOrAfterTheWrite_isA500() {
    proxy.faults().nextFailsBeforeApplying().nextFailsAfterApplying();

    var failed = catchThrowableOfType(InternalServerErrorException.class, () -> put(once, "1"));
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(stored()).isEqualTo("none");

    assertThatThrownBy(() -> put(once, "1")).isInstanceOf(InternalServerErrorException.class);
    assertThat(stored()).isEqualTo("1");
  }

  @Test
  void throttled_inBothShapes() {
    proxy.faults().nextThrottled().next(Fault.THROUGHPUT_EXCEEDED);

    var first = catchThrowableOfType(ThrottlingException.class, () -> put(once, "1"));
    assertThat(first.isThrottlingException()).isTrue();
    assertThatThrownBy(() -> put(once, "1"))
        .isInstanceOf(ProvisionedThroughputExceededException.class)
        .hasMessageContaining("provisioned throughput");
    assertThat(stored()).isEqualTo("none");
  }

  @Test
  void denied_namesTheActionAndTheTable() {
    proxy.faults().nextDenied();

    var denied = catchThrowableOfType(DynamoDbException.class, () -> put(once, "1"));

    assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
    assertThat(denied.awsErrorDetails().errorMessage())
        .contains("is not authorized to perform: dynamodb:PutItem")
        .contains(":table/locks");
  }

  @Test
  void replyHeld_beyondTheTimeOut_theClientGivesUp_andTheWriteStands() {
    HeldRequest reply = proxy.faults().nextReplyHeld();

    givesUpOn(reply);
    assertThat(stored()).isEqualTo("1");

    reply.deliver();
  }

  @Test
  void replyHeld_andDelivered_reachesTheClient() throws InterruptedException {
    HeldRequest reply = proxy.faults().nextReplyHeld();
    var call = CompletableFuture.supplyAsync(() -> put(once, "1"));
    reply.awaitUnderWay();
    assertThat(call).isNotDone();

    reply.deliver();

    assertThat(call).succeedsWithin(PATIENCE);
  }

  @Test
  void requestHeld_isAppliedWhenTold_longAfterTheClientGaveUp() {
    HeldRequest request = proxy.faults().nextRequestHeld();

    givesUpOn(request);
    assertThat(stored()).isEqualTo("none");

    request.deliver();
    assertThat(stored()).isEqualTo("1");
  }

  @Test
  void duplicated_theCopyIsAppliedWhenTold() {
    HeldRequest copy = proxy.faults().nextDuplicated();
    put(once, "1");
    put(once, "2");

    copy.deliver();

    assertThat(stored()).isEqualTo("1");
  }

  @Test
  void events_happenBetweenTheWriteAndItsReply() {
    proxy.faults().beforeNextReply(() -> put(direct, "2"));

    put(once, "1");

    assertThat(stored()).isEqualTo("2");
  }

  @Test
  void theSdkSendsAgain_onANewConnection_whereTheReplyWasLost() {
    try (DynamoDbClient patient =
        LocalDynamoDb.clientBuilder(proxy.endpoint())
            .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD))
            .build()) {
      put(patient, "1");
      proxy.faults().nextReplyLost();

      assertThat(put(patient, "2").attributes()).as("its own earlier copy").isEqualTo(row("2"));
      assertThat(proxy.requests()).isEqualTo(Map.of("PutItem", 3));
    }
  }

  private static PutItemResponse put(DynamoDbClient client, String value) {
    return client.putItem(r -> r.tableName("locks").item(row(value)).returnValues("ALL_OLD"));
  }

  /** On a busy machine a time-out may be over before the request is under way. */
  private void givesUpOn(HeldRequest held) {
    for (Duration timeOut = ofSeconds(1); !held.isUnderWay(); timeOut = timeOut.multipliedBy(4)) {
      Duration within = timeOut;
      assertThatThrownBy(() -> putWithin(within)).isInstanceOf(ApiCallTimeoutException.class);
    }
  }

  private void putWithin(Duration timeOut) {
    once.putItem(
        r ->
            r.tableName("locks")
                .item(row("1"))
                .overrideConfiguration(o -> o.apiCallTimeout(timeOut)));
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
