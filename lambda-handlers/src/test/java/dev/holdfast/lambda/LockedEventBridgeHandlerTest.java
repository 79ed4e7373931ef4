package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.error.InsufficientTimeException;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.ReportHandler;
import dev.holdfast.lambda.model.EventBridgeEvent;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LockedEventBridgeHandlerTest {
  private static final String PLACED = placed("e-1");

  private final GuardFixture fixture = new GuardFixture();
  private final ReportHandler report = new ReportHandler(fixture.deduplicatingGuard());
  private final OtherHost other = OtherHost.on(fixture.table, fixture.time);

  private static String placed(String id) {
    return SampleEvents.eventBridge(id, "shop.orders", "OrderPlaced", "{\"order\":17}");
  }

  @Test
  void handleRequest_event_runsUnderItsResourceAndReturnsNull() throws IOException {
    assertThat(report.invoke(PLACED, fixture.context())).isEqualTo("null");

    assertThat(report.eventIds()).containsExactly("e-1");
    assertThat(fixture.requestSummary()).isEqualTo("3 puts (0 rejected), 1 deletes, 0 others");
    assertThat(fixture.table.rows()).containsOnlyKeys("test-function:e-1#13,3#event");
  }

  @Test
  void handleRequest_sameEventTwice_isProcessedOnceAndBothSucceed() throws IOException {
    report.invoke(PLACED, fixture.context());
    var before = fixture.counts();

    assertThat(report.invoke(PLACED, fixture.context().requestId("request-2"))).isEqualTo("null");

    assertThat(report.eventIds()).containsExactly("e-1");
    assertThat(fixture.counts().since(before).puts()).isEqualTo(1);
    assertThat(fixture.counts().since(before).deletes()).isZero();
  }

  @Test
  void handleRequest_twoFunctionsOnOneBus_eachProcessesTheEventOnce() throws IOException {
    for (String function : new String[] {"ship", "bill", "ship", "bill"}) {
      report.invoke(PLACED, fixture.context().functionName(function));
    }
    assertThat(report.eventIds()).containsExactly("e-1", "e-1");
  }

  @Test
  void handleRequest_sameConsumerOfTwoFunctions_isProcessedOnce() throws IOException {
    ReportHandler shared = new ReportHandler(fixture.deduplicatingGuard().consumer("orders"));
    shared.invoke(PLACED, fixture.context().functionName("ship-blue"));
    shared.invoke(PLACED, fixture.context().functionName("ship-green"));
    assertThat(shared.eventIds()).containsExactly("e-1");
  }

  @Test
  void handleRequest_withoutDeduplication_onlySerializes() throws IOException {
    ReportHandler withoutDeduplication = new ReportHandler(fixture.guard());
    withoutDeduplication.invoke(PLACED, fixture.context());
    withoutDeduplication.invoke(PLACED, fixture.context());
    assertThat(withoutDeduplication.eventIds()).containsExactly("e-1", "e-1");
    assertThat(fixture.requestSummary()).isEqualTo("2 puts (0 rejected), 2 deletes, 0 others");
  }

  @Test
  void handleRequest_busyLock_waitsWhileTheWorkFits() throws IOException {
    HeldLock otherLock = other.acquire("report");
    fixture.time.runAfter(Duration.ofSeconds(2), otherLock::close);
    report.invoke(PLACED, fixture.context());
    assertThat(report.eventIds()).containsExactly("e-1");
  }

  @Test
  void handleRequest_lockStaysBusy_failsForLambdaToRetry() throws IOException {
    HeldLock otherLock = other.acquire("report");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> report.invoke(PLACED, fixture.context()));
    assertThat(fixture.table.rows()).containsOnlyKeys("report");
    otherLock.close();

    report.invoke(PLACED, fixture.context());
    assertThat(report.eventIds()).containsExactly("e-1");
  }

  @Test
  void handleRequest_workThrows_rethrowsUnchangedAndRetryProcesses() throws IOException {
    IOException thrown = new IOException("printer on fire");
    ReportHandler failing = failingHandler(thrown);
    assertThatThrownBy(() -> failing.invoke(PLACED, fixture.context())).isSameAs(thrown);
    assertThat(fixture.table.rows()).isEmpty();

    report.invoke(PLACED, fixture.context());
    assertThat(report.eventIds()).containsExactly("e-1");
  }

  @Test
  void handleRequest_workThrowsAlreadyCompleted_isNotADuplicate() {
    AlreadyCompletedException thrown = fixture.alreadyCompletedException();
    assertThatThrownBy(() -> failingHandler(thrown).invoke(PLACED, fixture.context()))
        .isSameAs(thrown);
  }

  @Test
  void handleRequest_idsThrowAlreadyCompleted_isNotADuplicate() {
    AlreadyCompletedException thrown = fixture.alreadyCompletedException();
    ReportHandler handler =
        new ReportHandler(fixture.deduplicatingGuard()) {
          @Override
          protected String resourceId(EventBridgeEvent event) {
            throw thrown;
          }
        };
    assertThatThrownBy(() -> handler.invoke(PLACED, fixture.context())).isSameAs(thrown);
  }

  @Test
  void handleRequest_accessDenied_runsNothing() {
    fixture.table.faults().always(Fault.DENIED);
    assertThatExceptionOfType(LockAccessDeniedException.class)
        .isThrownBy(() -> report.invoke(PLACED, fixture.context()));
    assertThat(report.events).isEmpty();
  }

  @Test
  void handleRequest_insufficientTime_sendsNothing() {
    assertThatExceptionOfType(InsufficientTimeException.class)
        .isThrownBy(
            () -> report.invoke(PLACED, fixture.context().remainingTime(Duration.ofMillis(300))));
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void handleRequest_noEventIdWithDeduplication_isRefusedWithAdvice() {
    String event = "{\"report\":\"sales\"}";
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> report.invoke(event, fixture.context()))
        .withMessageContaining("must have an id, or a schedule's ARN and time")
        .withMessageContaining("<aws.scheduler.schedule-arn>@<aws.scheduler.scheduled-time>");
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void handleRequest_noEventIdWithoutDeduplication_isProcessed() throws IOException {
    ReportHandler withoutDeduplication = new ReportHandler(fixture.guard());
    withoutDeduplication.invoke("{\"report\":\"sales\"}", fixture.context());
    assertThat(withoutDeduplication.events).hasSize(1);
    assertThat(withoutDeduplication.events.get(0).detail()).isEqualTo("{\"report\":\"sales\"}");
  }

  @Test
  void handleRequest_eventIdOverridden_deduplicatesByIt() throws IOException {
    ReportHandler byType =
        new ReportHandler(fixture.deduplicatingGuard()) {
          @Override
          protected Optional<String> eventId(EventBridgeEvent event) {
            return Optional.of(event.detailType());
          }
        };
    byType.invoke(placed("e-1"), fixture.context());
    byType.invoke(placed("e-2"), fixture.context());
    assertThat(byType.eventIds()).containsExactly("e-1");
  }

  private ReportHandler failingHandler(Exception thrown) {
    return new ReportHandler(fixture.deduplicatingGuard()) {
      @Override
      protected void handle(EventBridgeEvent event, Lease lease, Context context) throws Exception {
        throw thrown;
      }
    };
  }
}
