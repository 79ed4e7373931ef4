package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lock.AlreadyDoneException;
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

  private final Bench bench = new Bench();
  private final Report report = new Report(bench.remembering());
  private final OtherHost other = OtherHost.on(bench.table, bench.time);

  private static String placed(String id) {
    return SampleEvents.eventBridge(id, "shop.orders", "OrderPlaced", "{\"order\":17}");
  }

  @Test
  void handleRequest_event_isHandledUnderItsResourceAndAnswersNull() throws IOException {
    assertThat(report.invoke(PLACED, bench.context())).isEqualTo("null");

    assertThat(report.ids()).containsExactly("e-1");
    assertThat(bench.requests()).isEqualTo("3 puts (0 refused), 1 deletes, 0 others");
    assertThat(bench.table.rows()).containsOnlyKeys("test-function:e-1#13,3#event");
  }

  @Test
  void handleRequest_sameEventTwice_isHandledOnceAndBothSucceed() throws IOException {
    report.invoke(PLACED, bench.context());
    var before = bench.counts();

    assertThat(report.invoke(PLACED, bench.context().requestId("request-2"))).isEqualTo("null");

    assertThat(report.ids()).containsExactly("e-1");
    assertThat(bench.counts().since(before).puts()).isEqualTo(1);
    assertThat(bench.counts().since(before).deletes()).isZero();
  }

  @Test
  void handleRequest_twoFunctionsOnOneBus_bothHandleTheEventOnce() throws IOException {
    for (String function : new String[] {"ship", "bill", "ship", "bill"}) {
      report.invoke(PLACED, bench.context().functionName(function));
    }
    assertThat(report.ids()).containsExactly("e-1", "e-1");
  }

  @Test
  void handleRequest_consumerSet_isSharedByTwoFunctions() throws IOException {
    Report shared = new Report(bench.remembering().consumer("orders"));
    shared.invoke(PLACED, bench.context().functionName("ship-blue"));
    shared.invoke(PLACED, bench.context().functionName("ship-green"));
    assertThat(shared.ids()).containsExactly("e-1");
  }

  @Test
  void handleRequest_nothingRemembered_serialisesOnly() throws IOException {
    Report forgetful = new Report(bench.guard());
    forgetful.invoke(PLACED, bench.context());
    forgetful.invoke(PLACED, bench.context());
    assertThat(forgetful.ids()).containsExactly("e-1", "e-1");
    assertThat(bench.requests()).isEqualTo("2 puts (0 refused), 2 deletes, 0 others");
  }

  @Test
  void handleRequest_busy_waitsWhileTheWorkFits() throws IOException {
    HeldLock theirs = other.holds("report");
    bench.time.after(Duration.ofSeconds(2), theirs::close);
    report.invoke(PLACED, bench.context());
    assertThat(report.ids()).containsExactly("e-1");
  }

  @Test
  void handleRequest_staysBusy_failsSoThatLambdaTriesAgain() throws IOException {
    HeldLock theirs = other.holds("report");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> report.invoke(PLACED, bench.context()));
    assertThat(bench.table.rows()).containsOnlyKeys("report");
    theirs.close();

    report.invoke(PLACED, bench.context());
    assertThat(report.ids()).containsExactly("e-1");
  }

  @Test
  void handleRequest_workThrows_comesOutUnchangedAndTheNextTryHandles() throws IOException {
    IOException thrown = new IOException("printer on fire");
    Report failing = failing(thrown);
    assertThatThrownBy(() -> failing.invoke(PLACED, bench.context())).isSameAs(thrown);
    assertThat(bench.table.rows()).isEmpty();

    report.invoke(PLACED, bench.context());
    assertThat(report.ids()).containsExactly("e-1");
  }

  @Test
  void handleRequest_workThrowsAlreadyDone_isNoDuplicate() {
    AlreadyDoneException thrown = bench.doneElsewhere();
    assertThatThrownBy(() -> failing(thrown).invoke(PLACED, bench.context())).isSameAs(thrown);
  }

  @Test
  void handleRequest_idsThrowAlreadyDone_isNoDuplicate() {
    AlreadyDoneException thrown = bench.doneElsewhere();
    Report asking =
        new Report(bench.remembering()) {
          @Override
          protected String resourceId(EventBridgeEvent event) {
            throw thrown;
          }
        };
    assertThatThrownBy(() -> asking.invoke(PLACED, bench.context())).isSameAs(thrown);
  }

  @Test
  void handleRequest_tableDenied_nothingRuns() {
    bench.table.faults().every(Fault.DENIED);
    assertThatExceptionOfType(LockAccessDeniedException.class)
        .isThrownBy(() -> report.invoke(PLACED, bench.context()));
    assertThat(report.events).isEmpty();
  }

  @Test
  void handleRequest_tooLittleTime_nothingIsSent() {
    assertThatExceptionOfType(TooLittleTimeException.class)
        .isThrownBy(() -> report.invoke(PLACED, bench.context().remaining(Duration.ofMillis(300))));
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void handleRequest_noIdButRemembering_isRefusedWithWhatToDo() {
    String event = "{\"report\":\"sales\"}";
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> report.invoke(event, bench.context()))
        .withMessageContaining("neither an id nor a schedule's ARN and time")
        .withMessageContaining("<aws.scheduler.schedule-arn>@<aws.scheduler.scheduled-time>");
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void handleRequest_noIdAndNothingRemembered_isHandled() throws IOException {
    Report forgetful = new Report(bench.guard());
    forgetful.invoke("{\"report\":\"sales\"}", bench.context());
    assertThat(forgetful.events).hasSize(1);
    assertThat(forgetful.events.get(0).detail()).isEqualTo("{\"report\":\"sales\"}");
  }

  @Test
  void handleRequest_eventIdOverridden_isByWhatAnEventIsKnownAgain() throws IOException {
    Report byType =
        new Report(bench.remembering()) {
          @Override
          protected Optional<String> eventId(EventBridgeEvent event) {
            return Optional.of(event.detailType());
          }
        };
    byType.invoke(placed("e-1"), bench.context());
    byType.invoke(placed("e-2"), bench.context());
    assertThat(byType.ids()).containsExactly("e-1");
  }

  private Report failing(Exception thrown) {
    return new Report(bench.remembering()) {
      @Override
      protected void handle(EventBridgeEvent event, Lease lease, Context context) throws Exception {
        throw thrown;
      }
    };
  }
}
