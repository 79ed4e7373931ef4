package dev.holdfast.verification.errors;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockRowTooLargeException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.LockTableSchemaException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.testkit.wire.FaultProxy;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Tests the errors of a table through the SDK and HTTP, with the SDK's own exceptions. */
class TableErrorsOverHttpTest {
  private static LocalDynamoDb server;

  private final String name = "errors/" + UUID.randomUUID();
  private FaultProxy proxy;
  private DynamoDbClient client;
  private LockClient lockClient;

  @BeforeAll
  static void startServer() {
    server = LocalDynamoDb.start();
    server.createLockTable("locks");
    server.createTable("other-key", "id", ScalarAttributeType.S);
    server.createTable("number-key", "resource_id", ScalarAttributeType.N);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void start() {
    proxy = FaultProxy.start(server.endpoint());
    client = LocalDynamoDb.clientBuilder(proxy.endpoint()).build();
    lockClient = DynamoDbLockClient.create(client, "locks").withLeaseDuration(ofSeconds(60));
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
  }

  @Test
  void missingTable_isTableMissing() {
    assertThatThrownBy(() -> DynamoDbLockClient.create(client, "lokcs").tryAcquire(name))
        .isInstanceOf(LockTableNotFoundException.class)
        .hasMessageContaining("there is no table 'lokcs'");
  }

  @Test
  void tableWithOtherKey_isSchemaError() {
    assertThatThrownBy(() -> DynamoDbLockClient.create(client, "other-key").tryAcquire(name))
        .isInstanceOf(LockTableSchemaException.class);
    assertThatThrownBy(() -> DynamoDbLockClient.create(client, "number-key").tryAcquire(name))
        .isInstanceOf(LockTableSchemaException.class);
  }

  @Test
  void denied_namesDeniedAction() {
    proxy.faults().nextDenied();
    assertThatThrownBy(() -> lockClient.tryAcquire(name))
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("dynamodb:PutItem on table 'locks'");

    HeldLock lock = ((Acquisition.Acquired) lockClient.tryAcquire(name)).lock();
    proxy.faults().nextDenied();
    assertThatThrownBy(lock::release)
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("dynamodb:DeleteItem on table 'locks'");
    lock.release();
  }

  @Test
  void throttled_beyondSdkRetries_isThrottled() {
    proxy.faults().always(Fault.THROTTLED);

    try (DynamoDbClient twoAttempts =
        LocalDynamoDb.clientBuilder(proxy.endpoint())
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(2)))
            .build()) {
      LockClient impatientClient =
          DynamoDbLockClient.create(twoAttempts, "locks").withLeaseDuration(ofSeconds(60));
      assertThatThrownBy(() -> impatientClient.tryAcquire(name))
          .isInstanceOf(LockThrottledException.class);
    }
    assertThat(proxy.requestCounts()).containsKey("PutItem");
  }

  @Test
  void unreachableEndpoint_saysWhatToCheck() {
    proxy.close();

    LockClient impatientClient = lockClient.withLeaseDuration(ofSeconds(2));
    assertThatThrownBy(() -> impatientClient.tryAcquire(name))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageContaining("check the network, the endpoint");
  }

  @Test
  void tooLargeRow_isRowTooLarge() {
    LockRequest huge = LockRequest.of(name).event("x".repeat(400 * 1024));

    assertThatThrownBy(() -> lockClient.tryAcquire(huge))
        .isInstanceOf(LockRowTooLargeException.class);
  }

  @Test
  void acquire_interruptedDuringRequest_stops_andReleasesIt() throws InterruptedException {
    var reply = proxy.faults().nextReplyDelayed();
    var waiting = new AtomicReference<Thread>();
    var call =
        CompletableFuture.runAsync(
            () -> {
              waiting.set(Thread.currentThread());
              acquire();
            });
    reply.awaitSent();

    waiting.get().interrupt();
    reply.deliver();

    assertThatThrownBy(call::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(InterruptedException.class);
    Awaitility.await().atMost(ofSeconds(30)).until(() -> !isBusy());
  }

  private void acquire() {
    try {
      lockClient.acquire(LockRequest.of(name).maxWait(ofSeconds(60)));
    } catch (InterruptedException e) {
      throw new IllegalStateException("stopped", e);
    }
  }

  private boolean isBusy() {
    try (DynamoDbClient direct = server.client()) {
      LockClient other =
          DynamoDbLockClient.create(direct, "locks").withLeaseDuration(ofSeconds(60));
      Acquisition acquisition = other.tryAcquire(name);
      return acquisition.fold(
          lock -> {
            lock.close();
            return false;
          },
          busy -> true,
          completed -> true);
    }
  }
}
