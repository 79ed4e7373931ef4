package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockedCall;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.RequestCounts;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Short leases that are renewed while the work runs. Time passes when the test says so. */
@Timeout(60)
class RenewingTest {
  private static final Duration LEASE = Duration.ofSeconds(10);

  /** Within this while each lock is renewed once: the first is due after 2.7 to 3.3 s. */
  private static final Duration ONE_RENEWAL = Duration.ofMillis(3_334);

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private final ManualTime time =
      ManualTime.at(Instant.parse("2026-01-01T00:00:00Z")).blockingSleepers();
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final Guard guard =
      Guard.on(DynamoDbLocks.on(table, "locks").withTime(time))
          .time(time)
          .rememberingEvents(Bench.DAY);
  private final Guard renewing = guard.renewing(LEASE, OnLoss.INTERRUPT);
  private final TestContext context = TestContext.at(time).remaining(Duration.ofMinutes(15));

  @AfterEach
  void noThreadIsLeft() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("holdfast-"))
                    .allMatch(before::contains));
  }

  private void passes(Duration duration) {
    await().atMost(Duration.ofSeconds(30)).until(() -> time.sleepers() > 0);
    time.advance(duration);
  }

  private int acceptedPuts() {
    RequestCounts counts = table.counts();
    return counts.puts() - counts.refusedPuts();
  }

  private void passesOneRenewal() {
    int puts = acceptedPuts();
    passes(ONE_RENEWAL);
    await().atMost(Duration.ofSeconds(30)).until(() -> acceptedPuts() > puts);
  }

  @Test
  void lock_lastsAFewSeconds_andIsHeldAsLongAsTheWork() throws Exception {
    renewing.call(
        "order-1",
        context,
        lease -> {
          assertThat(lease.remaining()).isLessThanOrEqualTo(LEASE);
          for (int renewal = 1; renewal <= 5; renewal++) {
            passesOneRenewal();
          }
          lease.ensureHeld();
          return "done";
        });
    int puts = acceptedPuts();
    time.advance(LEASE);
    assertThat(acceptedPuts()).as("renewed no more").isEqualTo(puts);
    assertThat(table.row("order-1")).isEmpty();
  }

  @Test
  void deadline_thatIsNearer_shortensTheLease() throws Exception {
    TestContext last = TestContext.at(time).remaining(Duration.ofSeconds(2));
    renewing.call(
        "order-1",
        last,
        lease -> {
          assertThat(lease.remaining()).isLessThan(Duration.ofMillis(3_100));
          return "done";
        });
  }

  @Test
  void eventsRow_isRenewedWhileTheResourceIsWaitedFor() throws Exception {
    HeldLock theirs = OtherHost.on(table, time).holds("order-1");
    theirs.renew(Duration.ofMinutes(5));
    Ids<String> ids = Ids.<String>ofResource(e -> "order-1").andEvent(e -> e);
    CompletableFuture<String> work = CompletableFuture.supplyAsync(() -> called(ids, Lease::name));
    await().atMost(Duration.ofSeconds(30)).until(() -> table.rows().size() == 2);
    for (int renewal = 1; renewal <= 6; renewal++) {
      passesOneRenewal();
    }
    theirs.close();
    while (!work.isDone()) {
      passesOrIsDone(work);
    }
    assertThat(work.join()).isEqualTo("order-1");
    assertThat(table.rows()).containsOnlyKeys("test-function:e-1#13,3#event");
  }

  private void passesOrIsDone(CompletableFuture<String> work) {
    await().atMost(Duration.ofSeconds(30)).until(() -> work.isDone() || time.sleepers() > 1);
    time.advance(Duration.ofMillis(100));
  }

  private String called(Ids<String> ids, LockedCall<String, Exception> work) {
    try {
      return renewing.call(ids, "e-1", context, work);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void loss_interruptsTheWork_whichIsALostLock_andIsNotRemembered() {
    Ids<String> ids = Ids.<String>ofResource(e -> "order-1").andEvent(e -> e);
    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(
            () ->
                renewing.call(
                    ids,
                    "e-1",
                    context,
                    lease -> {
                      table.delete("order-1");
                      passes(ONE_RENEWAL);
                      new CountDownLatch(1).await();
                      return "never";
                    }))
        .withMessageContaining("order-1");
    assertThat(Thread.interrupted()).isFalse();
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void lossOfTheEventsRow_interruptsTheWorkToo() {
    Ids<String> ids = Ids.<String>ofResource(e -> "order-1").andEvent(e -> e);
    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(
            () ->
                renewing.call(
                    ids,
                    "e-1",
                    context,
                    lease -> {
                      table.delete("test-function:e-1#13,3#event");
                      passes(ONE_RENEWAL);
                      new CountDownLatch(1).await();
                      return "never";
                    }))
        .withMessageContaining("e-1");
  }

  @Test
  void loss_tellsTheWork_whichGoesOn() throws Exception {
    String result =
        guard
            .renewing(LEASE, OnLoss.TELL)
            .call(
                "order-1",
                context,
                lease -> {
                  table.faults().every(Fault.THROTTLED);
                  passes(LEASE.plusSeconds(1));
                  assertThat(lease.isHeld()).isFalse();
                  table.faults().clear();
                  return "went on";
                });
    assertThat(result).isEqualTo("went on");
  }

  @ParameterizedTest
  @EnumSource
  void lockThatWasLostBeforeTheWorkBegan_runsNothing(OnLoss onLoss) {
    HeldLock lock =
        DynamoDbLocks.on(table, "locks")
            .withTime(time)
            .withLease(LEASE)
            .tryAcquire("order-1")
            .fold(held -> held, RenewingTest::notFree, RenewingTest::notFree);
    HeldRow row = HeldRow.of(lock, Optional.of(new Renewing(LEASE, onLoss)));
    table.faults().every(Fault.DENIED);
    passes(LEASE);
    assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> row.run(lease -> "never"));
    table.faults().clear();
    lock.close();
  }

  private static HeldLock notFree(Object other) {
    throw new IllegalStateException("must be free, got " + other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999S", "PT24H0.001S"})
  void lease_outOfRange_isRefused(Duration lease) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.renewing(lease, OnLoss.TELL))
        .withMessage("lease must be from 1 s to 24 h, got " + lease);
  }
}
