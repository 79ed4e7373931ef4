package dev.holdfast.testkit.errors;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockRowTooLargeException;
import dev.holdfast.lock.LockTableMissingException;
import dev.holdfast.lock.LockTableSchemaException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
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

/** The same errors as they come through the real SDK, whose exceptions are what counts. */
class WireErrorsTest {
  private static LocalDynamoDb server;

  private final String name = "errors/" + UUID.randomUUID();
  private FaultProxy proxy;
  private DynamoDbClient client;
  private Locks locks;

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
    proxy = FaultProxy.inFrontOf(server.endpoint());
    client = LocalDynamoDb.clientBuilder(proxy.endpoint()).build();
    locks = DynamoDbLocks.on(client, "locks").withLease(ofSeconds(60));
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
  }

  @Test
  void tableMissing() {
    assertThatThrownBy(() -> DynamoDbLocks.on(client, "lokcs").tryAcquire(name))
        .isInstanceOf(LockTableMissingException.class)
        .hasMessageContaining("there is no table 'lokcs'");
  }

  @Test
  void tableWithAnotherKey() {
    assertThatThrownBy(() -> DynamoDbLocks.on(client, "other-key").tryAcquire(name))
        .isInstanceOf(LockTableSchemaException.class);
    assertThatThrownBy(() -> DynamoDbLocks.on(client, "number-key").tryAcquire(name))
        .isInstanceOf(LockTableSchemaException.class);
  }

  @Test
  void accessDenied_forEitherAction() {
    proxy.faults().nextDenied();
    assertThatThrownBy(() -> locks.tryAcquire(name))
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("dynamodb:PutItem on table 'locks'");

    HeldLock lock = ((Acquisition.Acquired) locks.tryAcquire(name)).lock();
    proxy.faults().nextDenied();
    assertThatThrownBy(lock::release)
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("dynamodb:DeleteItem on table 'locks'");
    lock.release();
  }

  @Test
  void throttled_pastTheBound_thoughTheSdkTriedAgain() {
    proxy.faults().every(Fault.THROTTLED);

    try (DynamoDbClient once =
        LocalDynamoDb.clientBuilder(proxy.endpoint())
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(2)))
            .build()) {
      Locks hurried = DynamoDbLocks.on(once, "locks").withLease(ofSeconds(60));
      assertThatThrownBy(() -> hurried.tryAcquire(name)).isInstanceOf(LockThrottledException.class);
    }
    assertThat(proxy.requests()).containsKey("PutItem");
  }

  @Test
  void endpointUnreachable() {
    proxy.close();

    Locks hurried = locks.withLease(ofSeconds(2));
    assertThatThrownBy(() -> hurried.tryAcquire(name))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageContaining("check the network, the endpoint");
  }

  @Test
  void rowTooLarge() {
    LockRequest huge = LockRequest.of(name).event("x".repeat(400 * 1024));

    assertThatThrownBy(() -> locks.tryAcquire(huge)).isInstanceOf(LockRowTooLargeException.class);
  }

  @Test
  void interruptedWhileACallIsUnderWay_stops_andTakesTheRequestBack() throws InterruptedException {
    var reply = proxy.faults().nextReplyHeld();
    var waiting = new AtomicReference<Thread>();
    var call =
        CompletableFuture.runAsync(
            () -> {
              waiting.set(Thread.currentThread());
              acquire();
            });
    reply.awaitUnderWay();

    waiting.get().interrupt();
    reply.deliver();

    assertThatThrownBy(call::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(InterruptedException.class);
    Awaitility.await().atMost(ofSeconds(30)).until(() -> !isBusy());
  }

  private void acquire() {
    try {
      locks.acquire(LockRequest.of(name).waitUpTo(ofSeconds(60)));
    } catch (InterruptedException e) {
      throw new IllegalStateException("stopped", e);
    }
  }

  private boolean isBusy() {
    try (DynamoDbClient direct = server.client()) {
      Locks other = DynamoDbLocks.on(direct, "locks").withLease(ofSeconds(60));
      Acquisition acquisition = other.tryAcquire(name);
      return acquisition.fold(
          lock -> {
            lock.close();
            return false;
          },
          busy -> true,
          done -> true);
    }
  }
}
