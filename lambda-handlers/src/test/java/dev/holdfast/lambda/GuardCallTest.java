package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.ItemSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardCallTest {
  private final Bench bench = new Bench();
  private final Guard guard = bench.guard();

  @Test
  void call_free_worksAndDeletesTheRow() throws Exception {
    String result = guard.call("order-17", bench.context(), lease -> bench.work(lease.name()));

    assertThat(result).isEqualTo("order-17");
    assertThat(bench.requests()).isEqualTo("1 puts (0 refused), 1 deletes, 0 others");
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void call_tokenAskedFor_isTwoPuts() throws Exception {
    guard.call("order-17", bench.context(), lease -> lease.fencingToken());
    assertThat(bench.requests()).isEqualTo("2 puts (0 refused), 0 deletes, 0 others");
    assertThat(bench.state("order-17")).isEqualTo("FREE");
  }

  @Test
  void call_whileItWorks_othersAreKeptOut() throws Exception {
    guard.call(
        "order-17",
        bench.context(),
        lease -> {
          assertThat(bench.locks.tryAcquire("order-17")).isInstanceOf(Acquisition.Busy.class);
          return bench.work("done");
        });
    assertThat(bench.done).containsExactly("done");
  }

  @Test
  void call_lease_coversTheTimeLeftAndASecondMore() throws Exception {
    TestContext context = bench.context().remaining(Duration.ofSeconds(30));
    guard.call(
        "order-17",
        context,
        lease -> {
          assertThat(bench.number("order-17", "lease_ms")).isEqualTo(31_032);
          assertThat(lease.remaining()).isGreaterThanOrEqualTo(Duration.ofSeconds(31));
          return bench.work("done");
        });
  }

  @Test
  void call_graceSet_isInTheLease() throws Exception {
    TestContext context = bench.context().remaining(Duration.ofSeconds(30));
    guard
        .grace(Duration.ofSeconds(5))
        .call(
            "order-17",
            context,
            lease -> {
              assertThat(bench.number("order-17", "lease_ms")).isEqualTo(35_036);
              return bench.work("done");
            });
  }

  @Test
  void call_killedAtItsDeadline_theNextOneTakesOverAfterGraceAndSkew() throws Exception {
    bench.locks.acquire(
        LockRequest.of("order-17").lease(TimePolicy.DEFAULT.lease(Duration.ofSeconds(3))));
    Instant started = bench.time.wall();
    bench.time.advance(Duration.ofSeconds(3));

    TestContext next = bench.context().remaining(Duration.ofSeconds(10));
    guard.call("order-17", next, lease -> bench.work("done"));

    assertThat(Duration.between(started, bench.time.wall()))
        .isBetween(Duration.ofMillis(5_005), Duration.ofMillis(5_015));
  }

  @Test
  void call_tooLittleTime_isRefusedBeforeAnythingIsSent() {
    TestContext context = bench.context().remaining(Duration.ofMillis(499));

    assertThatExceptionOfType(TooLittleTimeException.class)
        .isThrownBy(() -> guard.call("order-17", context, lease -> bench.work("never")))
        .withMessageContaining("499 ms are left")
        .withMessageContaining("needs 500 ms")
        .satisfies(e -> assertThat(e.remaining()).isEqualTo(Duration.ofMillis(499)));

    assertThat(bench.requests()).isEqualTo("0 puts (0 refused), 0 deletes, 0 others");
    assertThat(bench.done).isEmpty();
  }

  @Test
  void call_timeNeededSet_isWhatMustBeLeft() {
    assertThatExceptionOfType(TooLittleTimeException.class)
        .isThrownBy(
            () ->
                guard
                    .timeNeeded(Duration.ofSeconds(4))
                    .call("order-17", bench.context(), lease -> bench.work("never")))
        .withMessageContaining("needs 4000 ms");
    assertThat(bench.done).isEmpty();
  }

  @Test
  void call_acquireEatsTheTime_givesTheLockBackAndRefuses() {
    bench.table.faults().beforeNextReply(() -> bench.time.advance(Duration.ofMillis(2_700)));

    assertThatExceptionOfType(TooLittleTimeException.class)
        .isThrownBy(() -> guard.call("order-17", bench.context(), lease -> bench.work("never")))
        .withMessageContaining("300 ms are left");

    assertThat(bench.done).isEmpty();
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void call_busy_waitsWhileTheWorkFitsAndThenFails() throws Exception {
    try (HeldLock elsewhere = bench.locks.withHolder("another").acquire("order-17")) {
      TestContext context = bench.context();

      assertThatExceptionOfType(LockUnavailableException.class)
          .isThrownBy(() -> guard.call("order-17", context, lease -> bench.work("never")))
          .satisfies(e -> assertThat(e.holder().description()).isEqualTo("another"));

      assertThat(context.getRemainingTimeInMillis()).isEqualTo(500);
      assertThat(elsewhere.isHeld()).isTrue();
    }
    assertThat(bench.done).isEmpty();
  }

  @Test
  void call_busyButReleasedInTime_works() throws Exception {
    Locks otherHost = DynamoDbLocks.on(bench.table, "locks").withTime(bench.time);
    HeldLock elsewhere = otherHost.acquire("order-17");
    bench.table.faults().nextPasses().beforeNextApplies(elsewhere::close);

    guard.call("order-17", bench.context(), lease -> bench.work("done"));

    assertThat(bench.done).containsExactly("done");
  }

  @Test
  void call_waitUpToZero_triesOnce() throws Exception {
    try (HeldLock elsewhere = bench.locks.acquire("order-17")) {
      Instant started = bench.time.wall();

      assertThatExceptionOfType(LockUnavailableException.class)
          .isThrownBy(
              () ->
                  guard
                      .waitUpTo(Duration.ZERO)
                      .call("order-17", bench.context(), lease -> bench.work("never")));

      assertThat(bench.time.wall()).isEqualTo(started);
      assertThat(bench.counts().refusedPuts()).isEqualTo(1);
      assertThat(elsewhere.isHeld()).isTrue();
    }
  }

  @Test
  void call_noResourceId_isRefusedByName() {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> guard.call("", bench.context(), lease -> bench.work("never")))
        .withMessageContaining("resource id")
        .withMessageContaining("empty");
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void call_holder_saysWhereToLookAndKeepsTheRowSmall() throws Exception {
    TestContext context =
        bench.context().functionName("a-function-with-quite-a-long-name-in-production");
    guard.call(
        "orders/order-0000000017",
        context.requestId("8f0b6c1e-8f0b-4c1e-9f0b-6c1e8f0b6c1e"),
        lease -> {
          var row = bench.table.row("orders/order-0000000017").orElseThrow();
          assertThat(bench.attribute("orders/order-0000000017", "holder").s())
              .isEqualTo(
                  "a-function-with-quite-a-long-name-in-production:$LATEST"
                      + " 8f0b6c1e-8f0b-4c1e-9f0b-6c1e8f0b6c1e test");
          assertThat(ItemSize.bytes(row)).isLessThan(400);
          return bench.work("done");
        });
  }

  @Test
  void call_leavesNoThreadBehind() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    guard.call("order-17", bench.context(), lease -> bench.work("done"));
    assertThat(before).containsAll(Thread.getAllStackTraces().keySet());
  }

  @Test
  void call_keyPrefix_startsTheKey() throws Exception {
    String key = guard.keyPrefix("shop/").call("order-17", bench.context(), lease -> lease.name());
    assertThat(key).isEqualTo("shop/order-17");
  }

  @Test
  void call_resourceCompletedByOtherCode_failsInsteadOfSkippingTheWork() throws Exception {
    bench.locks.acquire("order-17").complete(Bench.DAY);
    assertThatThrownBy(() -> guard.call("order-17", bench.context(), lease -> bench.work("never")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'order-17' was completed by other code");
    assertThat(bench.done).isEmpty();
  }

  @Test
  void settings_outOfRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.grace(Duration.ofSeconds(-1)))
        .withMessageContaining("grace must be from 0 to 24 h");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.rememberingEvents(Duration.ofMillis(999)))
        .withMessageContaining("window must be from 1 s to 3660 days");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.consumer(""))
        .withMessageContaining("consumer");
  }

  @Test
  void settings_changeACopy() throws Exception {
    guard.keyPrefix("shop/").consumer("other").rememberingEvents(Bench.DAY);
    guard.call("order-17", bench.context(), lease -> bench.work(lease.name()));
    assertThat(bench.done).containsExactly("order-17");
  }
}
