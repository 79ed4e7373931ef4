package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lambda.error.InsufficientTimeException;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.internal.time.TimeBudget;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ItemSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardCallTest {
  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.guard();

  @Test
  void call_freeLock_runsAndDeletesTheRow() throws Exception {
    String result =
        guard.call("order-17", fixture.context(), lease -> fixture.process(lease.name()));

    assertThat(result).isEqualTo("order-17");
    assertThat(fixture.requestSummary()).isEqualTo("1 puts (0 rejected), 1 deletes, 0 others");
    assertThat(fixture.table.rows()).isEmpty();
  }

  @Test
  void call_fencingTokenUsed_sendsTwoPuts() throws Exception {
    guard.call("order-17", fixture.context(), lease -> lease.fencingToken());
    assertThat(fixture.requestSummary()).isEqualTo("2 puts (0 rejected), 0 deletes, 0 others");
    assertThat(fixture.lockState("order-17")).isEqualTo("FREE");
  }

  @Test
  void call_whileRunning_otherAcquireIsBusy() throws Exception {
    guard.call(
        "order-17",
        fixture.context(),
        lease -> {
          assertThat(fixture.lockClient.tryAcquire("order-17"))
              .isInstanceOf(Acquisition.Busy.class);
          return fixture.process("done");
        });
    assertThat(fixture.processed).containsExactly("done");
  }

  @Test
  void call_leaseDuration_isRemainingTimePlusGracePeriod() throws Exception {
    TestContext context = fixture.context().remainingTime(Duration.ofSeconds(30));
    guard.call(
        "order-17",
        context,
        lease -> {
          assertThat(fixture.longAttribute("order-17", "lease_ms")).isEqualTo(31_032);
          assertThat(lease.remaining()).isGreaterThanOrEqualTo(Duration.ofSeconds(31));
          return fixture.process("done");
        });
  }

  @Test
  void call_timeoutGraceSet_isPartOfTheLeaseDuration() throws Exception {
    TestContext context = fixture.context().remainingTime(Duration.ofSeconds(30));
    guard
        .timeoutGrace(Duration.ofSeconds(5))
        .call(
            "order-17",
            context,
            lease -> {
              assertThat(fixture.longAttribute("order-17", "lease_ms")).isEqualTo(35_036);
              return fixture.process("done");
            });
  }

  @Test
  void call_afterHolderWasKilled_takesOverAfterGraceAndClockSkew() throws Exception {
    fixture.lockClient.acquire(
        LockRequest.of("order-17")
            .leaseDuration(TimeBudget.DEFAULT.leaseDuration(Duration.ofSeconds(3))));
    Instant started = fixture.time.wallTime();
    fixture.time.advance(Duration.ofSeconds(3));

    TestContext next = fixture.context().remainingTime(Duration.ofSeconds(10));
    guard.call("order-17", next, lease -> fixture.process("done"));

    assertThat(Duration.between(started, fixture.time.wallTime()))
        .isBetween(Duration.ofMillis(5_005), Duration.ofMillis(5_015));
  }

  @Test
  void call_insufficientTime_failsBeforeAnyRequest() {
    TestContext context = fixture.context().remainingTime(Duration.ofMillis(499));

    assertThatExceptionOfType(InsufficientTimeException.class)
        .isThrownBy(() -> guard.call("order-17", context, lease -> fixture.process("never")))
        .withMessageContaining("at least 500 ms, got 499 ms")
        .satisfies(e -> assertThat(e.remainingTime()).isEqualTo(Duration.ofMillis(499)));

    assertThat(fixture.requestSummary()).isEqualTo("0 puts (0 rejected), 0 deletes, 0 others");
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void call_minRemainingTimeSet_isEnforced() {
    assertThatExceptionOfType(InsufficientTimeException.class)
        .isThrownBy(
            () ->
                guard
                    .minRemainingTime(Duration.ofSeconds(4))
                    .call("order-17", fixture.context(), lease -> fixture.process("never")))
        .withMessageContaining("at least 4000 ms");
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void call_acquireUsesUpTheTime_releasesTheLockAndFails() {
    fixture.table.faults().beforeNextReply(() -> fixture.time.advance(Duration.ofMillis(2_700)));

    assertThatExceptionOfType(InsufficientTimeException.class)
        .isThrownBy(
            () -> guard.call("order-17", fixture.context(), lease -> fixture.process("never")))
        .withMessageContaining("got 300 ms");

    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.table.rows()).isEmpty();
  }

  @Test
  void call_busyLock_waitsWhileTheWorkFits_thenFails() throws Exception {
    try (HeldLock otherLock = fixture.lockClient.withHolder("another").acquire("order-17")) {
      TestContext context = fixture.context();

      assertThatExceptionOfType(LockUnavailableException.class)
          .isThrownBy(() -> guard.call("order-17", context, lease -> fixture.process("never")))
          .satisfies(e -> assertThat(e.holder().description()).isEqualTo("another"));

      assertThat(context.getRemainingTimeInMillis()).isEqualTo(500);
      assertThat(otherLock.isHeld()).isTrue();
    }
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void call_busyLockReleasedInTime_runs() throws Exception {
    LockClient otherHost =
        DynamoDbLockClient.create(fixture.table, "locks").withTimeSource(fixture.time);
    HeldLock otherLock = otherHost.acquire("order-17");
    fixture.table.faults().nextPasses().beforeNextApply(otherLock::close);

    guard.call("order-17", fixture.context(), lease -> fixture.process("done"));

    assertThat(fixture.processed).containsExactly("done");
  }

  @Test
  void call_maxWaitZero_triesOnce() throws Exception {
    try (HeldLock otherLock = fixture.lockClient.acquire("order-17")) {
      Instant started = fixture.time.wallTime();

      assertThatExceptionOfType(LockUnavailableException.class)
          .isThrownBy(
              () ->
                  guard
                      .maxWait(Duration.ZERO)
                      .call("order-17", fixture.context(), lease -> fixture.process("never")));

      assertThat(fixture.time.wallTime()).isEqualTo(started);
      assertThat(fixture.counts().rejectedPuts()).isEqualTo(1);
      assertThat(otherLock.isHeld()).isTrue();
    }
  }

  @Test
  void call_emptyResourceId_isRefused() {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> guard.call("", fixture.context(), lease -> fixture.process("never")))
        .withMessageContaining("resource id")
        .withMessageContaining("empty");
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void call_holderDescription_namesFunctionAndRequestWithin400Bytes() throws Exception {
    TestContext context =
        fixture.context().functionName("a-function-with-quite-a-long-name-in-production");
    guard.call(
        "orders/order-0000000017",
        context.requestId("8f0b6c1e-8f0b-4c1e-9f0b-6c1e8f0b6c1e"),
        lease -> {
          var row = fixture.table.row("orders/order-0000000017").orElseThrow();
          assertThat(fixture.attribute("orders/order-0000000017", "holder").s())
              .isEqualTo(
                  "a-function-with-quite-a-long-name-in-production:$LATEST"
                      + " 8f0b6c1e-8f0b-4c1e-9f0b-6c1e8f0b6c1e test");
          assertThat(ItemSize.bytes(row)).isLessThan(400);
          return fixture.process("done");
        });
  }

  @Test
  void call_afterReturn_leavesNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    guard.call("order-17", fixture.context(), lease -> fixture.process("done"));
    assertThat(before).containsAll(Thread.getAllStackTraces().keySet());
  }

  @Test
  void call_keyPrefixSet_isPrependedToTheKey() throws Exception {
    String key =
        guard.keyPrefix("shop/").call("order-17", fixture.context(), lease -> lease.name());
    assertThat(key).isEqualTo("shop/order-17");
  }

  @Test
  void call_resourceCompletedByOtherCode_fails() throws Exception {
    fixture.lockClient.acquire("order-17").complete(GuardFixture.DAY);
    assertThatThrownBy(
            () -> guard.call("order-17", fixture.context(), lease -> fixture.process("never")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'order-17' was completed by other code");
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.timeoutGrace(Duration.ofSeconds(-1)))
        .withMessageContaining("timeout grace must be from 0 to 24 h");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.deduplicating(Duration.ofMillis(999)))
        .withMessageContaining("retention must be from 1 s to 3660 days");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.consumer(""))
        .withMessageContaining("consumer");
  }

  @Test
  void options_change_returnsACopy() throws Exception {
    guard.keyPrefix("shop/").consumer("other").deduplicating(GuardFixture.DAY);
    guard.call("order-17", fixture.context(), lease -> fixture.process(lease.name()));
    assertThat(fixture.processed).containsExactly("order-17");
  }
}
