package dev.holdfast.lambda.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.internal.metrics.InvocationMetrics;
import dev.holdfast.lambda.internal.time.Invocation;
import dev.holdfast.lambda.internal.time.RenewalSettings;
import dev.holdfast.lambda.internal.time.TimeBudget;
import dev.holdfast.lambda.model.LockLossPolicy;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.RequestCounts;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests short leases that are renewed while the work runs, on a manual clock. */
@Timeout(60)
class LeaseRenewalTest {
  private static final Duration LEASE = Duration.ofSeconds(10);

  /** Time in which each lock is renewed once. The first renewal is due after 2.7 to 3.3 s. */
  private static final Duration RENEWAL_INTERVAL = Duration.ofMillis(3_334);

  private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
  private final ManualClock time =
      ManualClock.at(Instant.parse("2026-01-01T00:00:00Z")).withBlockingSleep();
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final Guard guard =
      Guard.on(DynamoDbLockClient.create(table, "locks").withTimeSource(time))
          .timeSource(time)
          .deduplicating(GuardFixture.DAY);
  private final Guard renewingGuard = guard.renewingLease(LEASE, LockLossPolicy.INTERRUPT);
  private final TestContext context = TestContext.at(time).remainingTime(Duration.ofMinutes(15));

  @AfterEach
  void awaitNoThreads() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("holdfast-"))
                    .allMatch(threadsBefore::contains));
  }

  private void advance(Duration duration) {
    await().atMost(Duration.ofSeconds(30)).until(() -> time.sleepingThreads() > 0);
    time.advance(duration);
  }

  private int acceptedPuts() {
    RequestCounts counts = table.counts();
    return counts.puts() - counts.rejectedPuts();
  }

  private void advanceOneRenewal() {
    int puts = acceptedPuts();
    advance(RENEWAL_INTERVAL);
    await().atMost(Duration.ofSeconds(30)).until(() -> acceptedPuts() > puts);
  }

  @Test
  void shortLease_isRenewedWhileTheWorkRuns() throws Exception {
    renewingGuard.call(
        "order-1",
        context,
        lease -> {
          assertThat(lease.remaining()).isLessThanOrEqualTo(LEASE);
          for (int renewal = 1; renewal <= 5; renewal++) {
            advanceOneRenewal();
          }
          lease.ensureHeld();
          return "done";
        });
    int puts = acceptedPuts();
    time.advance(LEASE);
    assertThat(acceptedPuts()).as("renewals after the work").isEqualTo(puts);
    assertThat(table.row("order-1")).isEmpty();
  }

  @Test
  void deadline_beforeLeaseEnd_shortensTheLease() throws Exception {
    TestContext shortContext = TestContext.at(time).remainingTime(Duration.ofSeconds(2));
    renewingGuard.call(
        "order-1",
        shortContext,
        lease -> {
          assertThat(lease.remaining()).isLessThan(Duration.ofMillis(3_100));
          return "done";
        });
  }

  @Test
  void eventLock_whileWaitingForTheResource_isRenewed() throws Exception {
    HeldLock otherLock = OtherHost.on(table, time).acquire("order-1");
    otherLock.renew(Duration.ofMinutes(5));
    Ids<String> ids = Ids.<String>ofResource(e -> "order-1").andEvent(e -> e);
    CompletableFuture<String> work = CompletableFuture.supplyAsync(() -> call(ids, Lease::name));
    await().atMost(Duration.ofSeconds(30)).until(() -> table.rows().size() == 2);
    for (int renewal = 1; renewal <= 6; renewal++) {
      advanceOneRenewal();
    }
    otherLock.close();
    while (!work.isDone()) {
      advanceUnlessDone(work);
    }
    assertThat(work.join()).isEqualTo("order-1");
    assertThat(table.rows()).containsOnlyKeys("test-function:e-1#13,3#event");
  }

  private void advanceUnlessDone(CompletableFuture<String> work) {
    await().atMost(Duration.ofSeconds(30)).until(() -> work.isDone() || time.sleepingThreads() > 1);
    time.advance(Duration.ofMillis(100));
  }

  private String call(Ids<String> ids, LockCallback<Lease, String, Exception> callback) {
    try {
      return renewingGuard.call(ids, "e-1", context, callback);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void loss_interruptPolicy_interruptsTheWorkAndIsNotCompleted() {
    Ids<String> ids = Ids.<String>ofResource(e -> "order-1").andEvent(e -> e);
    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(
            () ->
                renewingGuard.call(
                    ids,
                    "e-1",
                    context,
                    lease -> {
                      table.delete("order-1");
                      advance(RENEWAL_INTERVAL);
                      new CountDownLatch(1).await();
                      return "never";
                    }))
        .withMessageContaining("order-1");
    assertThat(Thread.interrupted()).isFalse();
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void lossOfTheEventLock_interruptsTheWork() {
    Ids<String> ids = Ids.<String>ofResource(e -> "order-1").andEvent(e -> e);
    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(
            () ->
                renewingGuard.call(
                    ids,
                    "e-1",
                    context,
                    lease -> {
                      table.delete("test-function:e-1#13,3#event");
                      advance(RENEWAL_INTERVAL);
                      new CountDownLatch(1).await();
                      return "never";
                    }))
        .withMessageContaining("e-1");
  }

  @Test
  void loss_continuePolicy_workContinues() throws Exception {
    String result =
        guard
            .renewingLease(LEASE, LockLossPolicy.CONTINUE)
            .call(
                "order-1",
                context,
                lease -> {
                  table.faults().always(Fault.THROTTLED);
                  advance(LEASE.plusSeconds(1));
                  assertThat(lease.isHeld()).isFalse();
                  table.faults().clear();
                  return "continued";
                });
    assertThat(result).isEqualTo("continued");
  }

  @ParameterizedTest
  @EnumSource
  void loss_beforeTheWorkStarts_runsNothing(LockLossPolicy onLoss) {
    LockClient lockClient =
        DynamoDbLockClient.create(table, "locks").withTimeSource(time).withLeaseDuration(LEASE);
    HeldWork heldWork = heldWork(lockClient, new RenewalSettings(LEASE, onLoss));
    heldWork.addResourceLock(
        lockClient
            .tryAcquire("order-1")
            .fold(held -> held, LeaseRenewalTest::failBusy, LeaseRenewalTest::failBusy));
    table.faults().always(Fault.DENIED);
    advance(LEASE);
    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(() -> heldWork.run(lease -> "never"));
    table.faults().clear();
  }

  private HeldWork heldWork(LockClient lockClient, RenewalSettings renewal) {
    GuardConfig config = GuardConfig.DEFAULT.with(TimeBudget.DEFAULT.withRenewal(renewal));
    return new HeldWork(
        new WorkGuard(
            WorkGuard.LockAccess.of(lockClient),
            config,
            new Invocation(context),
            new InvocationMetrics()));
  }

  private static HeldLock failBusy(Object outcome) {
    throw new IllegalStateException("must be free, got " + outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999S", "PT24H0.001S"})
  void leaseDuration_outOfRange_isRefused(Duration leaseDuration) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.renewingLease(leaseDuration, LockLossPolicy.CONTINUE))
        .withMessage("lease duration must be from 1 s to 24 h, got " + leaseDuration);
  }
}
