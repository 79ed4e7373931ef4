package dev.holdfast.verification.errors;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.testkit.wire.FaultProxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Completions and releases during an outage of ten seconds, through the SDK and HTTP, in each retry
 * mode of the SDK.
 */
class HolderWriteRetryOverHttpTest {
  private static final Duration OUTAGE = ofSeconds(10);
  private static final int MAX_REQUESTS = 200;

  private static LocalDynamoDb server;
  private static ScheduledExecutorService timer;

  @BeforeAll
  static void startServer() {
    server = LocalDynamoDb.start();
    server.createLockTable("locks");
    timer = Executors.newSingleThreadScheduledExecutor();
  }

  @AfterAll
  static void stopServer() {
    timer.shutdownNow();
    server.close();
  }

  /** Outcome of one retry mode. */
  private record Outcome(RetryMode mode, boolean completed, ReleaseOutcome release, int requests) {}

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "REPLICATED_WRITE_CONFLICT"})
  void outage_isOutlasted_inEachRetryMode(Fault fault) {
    List<CompletableFuture<Outcome>> outcomes =
        Arrays.stream(RetryMode.values())
            .map(mode -> CompletableFuture.supplyAsync(() -> outlast(mode, fault)))
            .toList();
    assertThat(outcomes)
        .hasSize(RetryMode.values().length)
        .extracting(CompletableFuture::join)
        .allSatisfy(
            outcome -> {
              assertThat(outcome.completed()).as("%s", outcome).isTrue();
              assertThat(outcome.release()).as("%s", outcome).isEqualTo(ReleaseOutcome.RELEASED);
              assertThat(outcome.requests()).as("%s", outcome).isBetween(5, MAX_REQUESTS);
            });
  }

  private static Outcome outlast(RetryMode mode, Fault fault) {
    try (FaultProxy proxy = FaultProxy.start(server.endpoint());
        DynamoDbClient client =
            LocalDynamoDb.clientBuilder(proxy.endpoint())
                .overrideConfiguration(o -> o.retryStrategy(mode))
                .build()) {
      LockClient lockClient = DynamoDbLockClient.create(client, "locks");
      String name = fault + "/" + mode;
      HeldLock event = acquire(lockClient, name + "/event");
      HeldLock resource = acquire(lockClient, name + "/resource");
      proxy.resetRequestCounts();
      proxy.faults().always(fault);
      Future<?> recovery =
          timer.schedule(() -> proxy.faults().clear(), OUTAGE.toMillis(), TimeUnit.MILLISECONDS);
      event.complete(ofDays(1));
      ReleaseOutcome release = resource.release();
      assertThat(recovery).isDone();
      int requests = proxy.requestCounts().values().stream().mapToInt(Integer::intValue).sum();
      boolean completed = lockClient.tryAcquire(name + "/event") instanceof Acquisition.Completed;
      return new Outcome(mode, completed, release, requests);
    }
  }

  private static HeldLock acquire(LockClient lockClient, String name) {
    LockRequest request =
        LockRequest.of(name).leaseDuration(ofSeconds(31)).requestDeadline(ofMillis(29_750));
    return ((Acquisition.Acquired) lockClient.tryAcquire(request)).lock();
  }
}
