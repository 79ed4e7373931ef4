package dev.holdfast.lambda;

import static java.io.OutputStream.nullOutputStream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.testkit.InProcess;
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

class ScheduleTest {
  private static final String KEYWORD = "<aws.scheduler.execution-id>";
  private static final String ACCOUNT = "us-east-1:123456789012";
  private static final String RULE =
      "arn:aws:events:" + ACCOUNT + ":rule/nightly@2026-01-01T00:00:00Z";
  private static final String SCHEDULE =
      "arn:aws:scheduler:" + ACCOUNT + ":schedule/default/nightly@2026-01-01T00:00:00Z";

  private final Bench bench = new Bench();
  private final Report report = new Report(bench.remembering());

  private final OtherHost other = OtherHost.on(bench.table, bench.time);

  static Stream<Arguments> runs() {
    return Stream.of(
        Arguments.of(SampleEvents.scheduleRule("e-1", "nightly"), RULE),
        Arguments.of(SampleEvents.scheduler("e-1", "nightly"), SCHEDULE));
  }

  static Stream<String> schedules() {
    return Stream.of(
        SampleEvents.scheduleRule("e-1", "nightly"), SampleEvents.scheduler("e-1", "nightly"));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void handleRequest_run_isHandledOnce(String run) throws IOException {
    report.invoke(run, bench.context());
    report.invoke(run, bench.context());
    assertThat(report.ids()).containsExactly("e-1");
    assertThat(report.events.get(0).detail()).isEqualTo("{}");
    assertThat(report.events.get(0).resources()).singleElement().asString().contains("nightly");
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void handleRequest_nameOfHalfASurrogatePair_isRefusedBeforeAnything(String run) {
    String hostile = run.replace("/nightly\"", "/\\ud800\"");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> report.invoke(hostile, bench.context()))
        .withMessageContaining("valid Unicode, without half a surrogate pair");
    assertThat(bench.counts().puts()).isZero();
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void handleRequest_anotherEventHasTheResource_isSkippedAtOnceWithSuccess(String run)
      throws IOException {
    other.holds(LockRequest.of("report").event("e-0"));
    TestContext context = bench.context();

    assertThat(report.invoke(run, context)).isEqualTo("null");

    assertThat(report.events).isEmpty();
    assertThat(context.getRemainingTimeInMillis()).isEqualTo(3_000);
    assertThat(bench.table.rows()).as("a skipped run is not remembered").containsOnlyKeys("report");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void handleRequest_thisVeryEventHasTheResource_isWaitedForAndHandled(String run, String id)
      throws IOException {
    HeldLock crashed = other.holds(LockRequest.of("report").event(id));
    bench.time.after(Duration.ofMillis(900), crashed::close);
    report.invoke(run, bench.context());
    assertThat(report.ids()).containsExactly("e-1");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void handleRequest_thisVeryEventKeepsTheResource_fails(String run, String id) {
    other.holds(LockRequest.of("report").event(id));
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> report.invoke(run, bench.context()));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void handleRequest_holderNamesNoEvent_isWaitedForAndThenFails(String run) {
    other.holds("report");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> report.invoke(run, bench.context()));
    assertThat(report.events).isEmpty();
  }

  @Test
  void handleRequest_itsOwnEventRowIsHeld_isNoOverlap() {
    other.holds(
        LockRequest.of("test-function:" + RULE + "#13," + RULE.length() + "#event").event(RULE));
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(
            () -> report.invoke(SampleEvents.scheduleRule("e-1", "nightly"), bench.context()));
  }

  /** EventBridge may start one run with two events, each of which has an id of its own. */
  @Test
  void handleRequest_twoEventsForOneScheduledTime_areOneRun() throws IOException {
    report.invoke(SampleEvents.scheduleRule("e-1", "nightly"), bench.context());
    report.invoke(SampleEvents.scheduleRule("e-2", "nightly"), bench.context());
    assertThat(report.ids()).containsExactly("e-1");
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void handleRequest_noResourceGiven_isTheScheduleItself(String run) throws IOException {
    List<String> locked = new ArrayList<>();
    new LockedEventBridgeHandler(bench.guard()) {
      @Override
      protected void handle(EventBridgeEvent event, Lease lease, Context context) {
        locked.add(lease.name());
      }
    }.handleRequest(
        new ByteArrayInputStream(run.getBytes(UTF_8)), nullOutputStream(), bench.context());
    assertThat(locked).singleElement().asString().startsWith("arn:aws:").endsWith("/nightly");
  }

  @Test
  void handleRequest_noResourceGivenAndNoSchedule_failsAndSaysWhatToGive() {
    LockedEventBridgeHandler silent =
        new LockedEventBridgeHandler(bench.guard()) {
          @Override
          protected void handle(EventBridgeEvent event, Lease lease, Context context) {
            bench.work("never");
          }
        };
    String event = SampleEvents.eventBridge("e-1", "shop", "OrderPlaced", "{}");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> InProcess.of(silent).invoke(event, bench.context()))
        .withMessageContaining("HOLDFAST_RESOURCE_ID");
    assertThat(bench.done).isEmpty();
  }

  @Test
  void handleRequest_skippedWhileNothingIsRemembered_succeedsToo() throws IOException {
    other.holds(LockRequest.of("report").event("e-0"));
    Report forgetful = new Report(bench.guard());
    forgetful.invoke(SampleEvents.scheduleRule("e-1", "nightly"), bench.context());
    assertThat(forgetful.events).isEmpty();
    assertThat(bench.counts().refusedPuts()).isEqualTo(1);
  }

  @Test
  void handleRequest_eventOfAnApplication_isNeverSkipped() {
    other.holds(LockRequest.of("report").event("e-0"));
    String event = SampleEvents.eventBridge("e-1", "shop.orders", "Scheduled Event", "{}");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> report.invoke(event, bench.context()));
  }

  @Test
  void handleRequest_noIdButScheduleAndTime_areTheIdentity() throws IOException {
    String first = SampleEvents.scheduler(KEYWORD, "nightly");
    String next = first.replace("2026-01-01", "2026-01-02");
    report.invoke(first, bench.context());
    report.invoke(first, bench.context());
    report.invoke(next, bench.context());
    assertThat(report.events)
        .extracting(EventBridgeEvent::time)
        .containsExactly("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
  }

  @Test
  void handleRequest_keywordsNotReplaced_areNoIdentity() {
    String event =
        SampleEvents.scheduler(KEYWORD, "nightly")
            .replace("2026-01-01T00:00:00Z", "<aws.scheduler.scheduled-time>");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> report.invoke(event, bench.context()));
    assertThat(bench.counts().puts()).isZero();
  }
}
