package dev.holdfast.verification.errors;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.testkit.wire.FaultProxy;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Endpoints that reject a write and do not return the row, as DAX and old emulators do. */
class EndpointWithoutRowsTest {
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final LockClient lockClient =
      DynamoDbLockClient.create(new RowHidingClient(table), "locks")
          .withLeaseDuration(ofSeconds(10))
          .withMaxWait(ofSeconds(1));

  private static PutItemRequest hideRow(PutItemRequest request) {
    return request.toBuilder()
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.NONE)
        .build();
  }

  /** Client of an endpoint that ignores the parameter for the rejecting row. */
  private record RowHidingClient(SimulatedTable table) implements DynamoDbClient {
    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      return table.putItem(hideRow(request));
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
      return table.deleteItem(
          request.toBuilder()
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.NONE)
              .build());
    }

    @Override
    public DynamoDbServiceClientConfiguration serviceClientConfiguration() {
      return table.serviceClientConfiguration();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static void assertUnsupported(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isExactlyInstanceOf(LockTableException.class)
        .hasMessageContaining("table 'locks' does not return the row that rejects a write")
        .hasMessageContaining("use DynamoDB itself, not DAX");
  }

  private void assertNothingHeld() {
    assertThat(table.rows().values()).noneMatch(EndpointWithoutRowsTest::isHeld);
  }

  private static boolean isHeld(Map<String, AttributeValue> row) {
    return row.get("state").s().equals("HELD");
  }

  @Test
  void freeLock_isAcquiredAndReleased() throws InterruptedException {
    assertThat(lockClient.acquire("a").release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void rejectedAcquire_saysThatTheEndpointIsUnsupported() throws InterruptedException {
    try (HeldLock held = lockClient.acquire("a")) {
      LockClient other = DynamoDbLockClient.create(new RowHidingClient(table), "locks");
      assertUnsupported(() -> other.tryAcquire("a"));
      assertUnsupported(() -> other.acquire("a"));
      assertUnsupported(() -> other.acquireAll(MultiLockRequest.of("0", "a")));
      assertThat(held.isHeld()).isTrue();
    }
    assertNothingHeld();
  }

  @Test
  void rejectedPermit_saysThatTheEndpointIsUnsupported() throws InterruptedException {
    LockRequest permit = LockRequest.of("a").permits(1);
    try (HeldLock held = lockClient.acquire(permit)) {
      LockClient other = DynamoDbLockClient.create(new RowHidingClient(table), "locks");
      assertUnsupported(() -> other.acquire(permit));
      assertThat(held.isHeld()).isTrue();
    }
  }

  @Test
  void lostReplyOfAnAcquire_leavesNothingHeld() {
    table.faults().nextReplyLost();
    assertUnsupported(() -> lockClient.tryAcquire("a"));
    table.faults().nextReplyLost().nextReplyLost();
    assertUnsupported(() -> lockClient.acquire("b"));
    assertNothingHeld();
  }

  @Test
  void lostReplyOfAResume_leavesNothingHeld() throws InterruptedException {
    String transfer = lockClient.acquire("a").transfer();
    table.faults().nextReplyLost();
    assertThatThrownBy(() -> lockClient.resume(transfer))
        .isInstanceOf(TransferRefusedException.class);
    assertNothingHeld();
  }

  /** Interceptor that removes the parameter before the request is sent. */
  private static final class RowHidingInterceptor implements ExecutionInterceptor {
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
      return context.request() instanceof PutItemRequest put ? hideRow(put) : context.request();
    }
  }

  @Test
  void overHttp_lostReplyThatTheSdkRetries_leavesNothingHeld() {
    try (LocalDynamoDb server = LocalDynamoDb.start();
        FaultProxy proxy = FaultProxy.start(server.endpoint());
        DynamoDbClient reader = LocalDynamoDb.clientBuilder(server.endpoint()).build();
        DynamoDbClient client =
            LocalDynamoDb.clientBuilder(proxy.endpoint())
                .overrideConfiguration(o -> o.addExecutionInterceptor(new RowHidingInterceptor()))
                .build()) {
      server.createLockTable("locks");
      LockClient overHttp = DynamoDbLockClient.create(client, "locks");
      proxy.faults().nextReplyLost();
      assertUnsupported(() -> overHttp.tryAcquire("a"));
      assertThat(reader.scan(s -> s.tableName("locks")).items())
          .noneMatch(EndpointWithoutRowsTest::isHeld);

      HeldLock held = ((Acquisition.Acquired) overHttp.tryAcquire("b")).lock();
      assertUnsupported(() -> overHttp.tryAcquire("b"));
      assertThat(held.release()).isEqualTo(ReleaseOutcome.RELEASED);
    }
  }
}
