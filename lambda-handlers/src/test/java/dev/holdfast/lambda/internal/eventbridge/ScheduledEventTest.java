package dev.holdfast.lambda.internal.eventbridge;

import static java.io.OutputStream.nullOutputStream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.LockedEventBridgeHandler;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.ReportHandler;
import dev.holdfast.lambda.model.EventBridgeEvent;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.OtherHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduledEventTest {
  private static final String EXECUTION_ID_KEYWORD = "<aws.scheduler.execution-id>";
  private static final String ACCOUNT = "us-east-1:123456789012";
  private static final String RULE_EVENT_ID =
      "arn:aws:events:" + ACCOUNT + ":rule/nightly@2026-01-01T00:00:00Z";
  private static final String SCHEDULE_EVENT_ID =
      "arn:aws:scheduler:" + ACCOUNT + ":schedule/default/nightly@2026-01-01T00:00:00Z";

  private final GuardFixture fixture = new GuardFixture();
  private final ReportHandler report = new ReportHandler(fixture.deduplicatingGuard());

  private final OtherHost other = OtherHost.on(fixture.table, fixture.time);

  static Stream<Arguments> runs() {
    return Stream.of(
        Arguments.of(SampleEvents.scheduledRule("e-1", "nightly"), RULE_EVENT_ID),
        Arguments.of(SampleEvents.scheduler("e-1", "nightly"), SCHEDULE_EVENT_ID));
  }

  static Stream<String> schedules() {
    return Stream.of(
        SampleEvents.scheduledRule("e-1", "nightly"), SampleEvents.scheduler("e-1", "nightly"));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void handleRequest_scheduledEventTwice_isProcessedOnce(String run) throws IOException {
    report.invoke(run, fixture.context());
    report.invoke(run, fixture.context());
    assertThat(report.eventIds()).containsExactly("e-1");
    assertThat(report.events.get(0).detail()).isEqualTo("{}");
    assertThat(report.events.get(0).resources()).singleElement().asString().contains("nightly");
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void handleRequest_unpairedSurrogateInName_isRefusedBeforeAnyRequest(String run) {
    String hostile = run.replace("/nightly\"", "/\\ud800\"");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> report.invoke(hostile, fixture.context()))
        .withMessageContaining("valid Unicode");
    assertThat(fixture.counts().puts()).isZero();
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void handleRequest_anotherEventHoldsTheResource_isSkippedWithoutWaiting(String run)
      throws IOException {
    other.acquire(LockRequest.of("report").event("e-0"));
    TestContext context = fixture.context();

    assertThat(report.invoke(run, context)).isEqualTo("null");

    assertThat(report.events).isEmpty();
    assertThat(context.getRemainingTimeInMillis()).isEqualTo(3_000);
    assertThat(fixture.table.rows())
        .as("a skipped run leaves no idempotency record")
        .containsOnlyKeys("report");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void handleRequest_sameEventHoldsTheResource_waitsAndRuns(String run, String id)
      throws IOException {
    HeldLock otherLock = other.acquire(LockRequest.of("report").event(id));
    fixture.time.runAfter(Duration.ofMillis(900), otherLock::close);
    report.invoke(run, fixture.context());
    assertThat(report.eventIds()).containsExactly("e-1");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void handleRequest_sameEventKeepsTheResource_fails(String run, String id) {
    other.acquire(LockRequest.of("report").event(id));
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> report.invoke(run, fixture.context()));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void handleRequest_holderWithoutEventId_waitsAndFails(String run) {
    other.acquire("report");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> report.invoke(run, fixture.context()));
    assertThat(report.events).isEmpty();
  }

  @Test
  void handleRequest_sameEventLockIsHeld_failsInsteadOfSkipping() {
    other.acquire(
        LockRequest.of(
                "test-function:" + RULE_EVENT_ID + "#13," + RULE_EVENT_ID.length() + "#event")
            .event(RULE_EVENT_ID));
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(
            () -> report.invoke(SampleEvents.scheduledRule("e-1", "nightly"), fixture.context()));
  }

  /** Sends two events with different ids for one run, as EventBridge may do. */
  @Test
  void handleRequest_twoEventsForOneScheduledTime_areProcessedOnce() throws IOException {
    report.invoke(SampleEvents.scheduledRule("e-1", "nightly"), fixture.context());
    report.invoke(SampleEvents.scheduledRule("e-2", "nightly"), fixture.context());
    assertThat(report.eventIds()).containsExactly("e-1");
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void handleRequest_noResourceId_locksTheScheduleArn(String run) throws IOException {
    List<String> locked = new ArrayList<>();
    new LockedEventBridgeHandler(fixture.guard()) {
      @Override
      protected void handle(EventBridgeEvent event, Lease lease, Context context) {
        locked.add(lease.name());
      }
    }.handleRequest(
        new ByteArrayInputStream(run.getBytes(UTF_8)), nullOutputStream(), fixture.context());
    assertThat(locked).singleElement().asString().startsWith("arn:aws:").endsWith("/nightly");
  }

  @Test
  void handleRequest_noResourceIdAndNoSchedule_failsWithAdvice() {
    LockedEventBridgeHandler handler =
        new LockedEventBridgeHandler(fixture.guard()) {
          @Override
          protected void handle(EventBridgeEvent event, Lease lease, Context context) {
            fixture.process("never");
          }
        };
    String event = SampleEvents.eventBridge("e-1", "shop", "OrderPlaced", "{}");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> InProcessInvoker.of(handler).invoke(event, fixture.context()))
        .withMessageContaining("HOLDFAST_RESOURCE_ID");
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void handleRequest_skippedWithoutDeduplication_succeeds() throws IOException {
    other.acquire(LockRequest.of("report").event("e-0"));
    ReportHandler withoutDeduplication = new ReportHandler(fixture.guard());
    withoutDeduplication.invoke(SampleEvents.scheduledRule("e-1", "nightly"), fixture.context());
    assertThat(withoutDeduplication.events).isEmpty();
    assertThat(fixture.counts().rejectedPuts()).isEqualTo(1);
  }

  @Test
  void handleRequest_applicationEvent_isNeverSkipped() {
    other.acquire(LockRequest.of("report").event("e-0"));
    String event = SampleEvents.eventBridge("e-1", "shop.orders", "Scheduled Event", "{}");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> report.invoke(event, fixture.context()));
  }

  @Test
  void handleRequest_noEventId_deduplicatesByScheduleAndTime() throws IOException {
    String first = SampleEvents.scheduler(EXECUTION_ID_KEYWORD, "nightly");
    String next = first.replace("2026-01-01", "2026-01-02");
    report.invoke(first, fixture.context());
    report.invoke(first, fixture.context());
    report.invoke(next, fixture.context());
    assertThat(report.events)
        .extracting(EventBridgeEvent::time)
        .containsExactly("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
  }

  @Test
  void handleRequest_unreplacedKeywords_areNoEventId() {
    String event =
        SampleEvents.scheduler(EXECUTION_ID_KEYWORD, "nightly")
            .replace("2026-01-01T00:00:00Z", "<aws.scheduler.scheduled-time>");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> report.invoke(event, fixture.context()));
    assertThat(fixture.counts().puts()).isZero();
  }
}
