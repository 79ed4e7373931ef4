package dev.holdfast.demo.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.demo.checker.LedgerEntry;
import dev.holdfast.demo.checker.LedgerEntry.Kind;
import dev.holdfast.demo.concurrent.RunClock;
import dev.holdfast.demo.workload.WorkItem;
import dev.holdfast.demo.workload.Workload;
import dev.holdfast.demo.workload.WorkloadMessage;
import dev.holdfast.demo.workload.WorkloadMessage.Redelivery;
import dev.holdfast.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultTriggerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final LedgerEntry START_ENTRY =
      new LedgerEntry(Kind.START, "a", "pay", "orders-1", START);

  private final Workload workload =
      new Workload(1, List.of(message("order-1", 0), message("order-2", 6_000)), List.of());
  private final FaultTrigger trigger = new FaultTrigger(workload, Duration.ofSeconds(2));

  @Test
  void trySelect_preferencePeriod_selectsOrderWithNextMessageSoon() {
    assertThat(trigger.trySelect("order-1", START_ENTRY, Duration.ofMillis(2_500))).isFalse();
    assertThat(trigger.trySelect("order-2", START_ENTRY, Duration.ofMillis(2_500))).isTrue();
    assertThat(trigger.hasSelected("orders-1")).isTrue();
  }

  @Test
  void trySelect_beforeEarliestTime_isFalse() {
    assertThat(trigger.trySelect("order-2", START_ENTRY, Duration.ofMillis(1_999))).isFalse();
    assertThat(trigger.hasSelected("orders-1")).isFalse();
  }

  @Test
  void trySelect_afterPreferencePeriod_selectsOrdersOnly() {
    assertThat(trigger.trySelect("nightly-report", START_ENTRY, Duration.ofSeconds(6))).isFalse();
    assertThat(trigger.trySelect("order-1", START_ENTRY, Duration.ofSeconds(6))).isTrue();
  }

  @Test
  void trySelect_alreadySelected_isFalse() {
    assertThat(trigger.trySelect("order-1", START_ENTRY, Duration.ofSeconds(6))).isTrue();
    assertThat(trigger.trySelect("order-1", START_ENTRY, Duration.ofSeconds(6))).isFalse();
  }

  @Test
  void await_noWorkStarts_throws() {
    RunClock clock = RunClock.startNow(ManualClock.at(START));
    assertThatIllegalStateException()
        .isThrownBy(() -> trigger.await(clock))
        .withMessage("no execution environment started work within 20 s");
  }

  @Test
  void await_faultInjected_returnsIt() throws InterruptedException {
    InjectedFault fault = new InjectedFault("order-1", START_ENTRY, START, START);
    trigger.complete(fault);
    assertThat(trigger.await(RunClock.startNow(ManualClock.at(START)))).isEqualTo(fault);
  }

  private static WorkloadMessage message(String subject, long sendAtMillis) {
    WorkItem workItem = new WorkItem(subject, "pay", "id", Duration.ofMillis(50));
    return new WorkloadMessage(workItem, 1, Duration.ofMillis(sendAtMillis), Redelivery.NONE);
  }
}
