package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockedSnsHandlerTest {
  private static final String EVENT = SampleEvents.sns("n-1", "order-17");

  private final GuardFixture fixture = new GuardFixture();
  private final OtherHost other = OtherHost.on(fixture.table, fixture.time);

  /** Handler that locks its message text. It fails for "order-bad". */
  private final class ShipHandler extends LockedSnsHandler {
    ShipHandler(Guard guard) {
      super(guard);
    }

    @Override
    protected String resourceId(SNSRecord message) {
      return message.getSNS().getMessage();
    }

    @Override
    protected void handle(SNSRecord message, Lease lease, Context context) throws IOException {
      fixture.process(lease.name());
      if (lease.name().equals("order-bad")) {
        throw new IOException("printer on fire");
      }
    }
  }

  private String ship(String event) throws IOException {
    return InProcessInvoker.of(new ShipHandler(fixture.deduplicatingGuard()))
        .invoke(event, fixture.context());
  }

  /** Returns an event with several messages, which SNS does not send but the format allows. */
  private static String joinEvents(String first, String second) {
    return first.replaceFirst("\\]\\}$", ",") + second.replaceFirst("^\\{\"Records\":\\[", "");
  }

  @Test
  void handleRequest_messageTwice_isProcessedOnceAndBothSucceed() throws IOException {
    assertThat(ship(EVENT)).isEqualTo("null");
    assertThat(ship(EVENT)).isEqualTo("null");
    assertThat(fixture.processed).containsExactly("order-17");
    assertThat(fixture.lockState("test-function:n-1#13,3#event")).isEqualTo("COMPLETED");
    assertThat(fixture.requestSummary()).isEqualTo("4 puts (1 rejected), 1 deletes, 0 others");
  }

  @Test
  void handleRequest_busyLock_waitsWhileTheWorkFits() throws IOException {
    var otherLock = other.acquire("order-17");
    fixture.time.runAfter(Duration.ofSeconds(2), otherLock::close);
    ship(EVENT);
    assertThat(fixture.processed).containsExactly("order-17");
  }

  @Test
  void handleRequest_lockStaysBusy_failsForLambdaToRetry() {
    other.acquire("order-17");
    assertThatExceptionOfType(LockUnavailableException.class).isThrownBy(() -> ship(EVENT));
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void handleRequest_workThrows_rethrowsUnchangedAndIsNotCompleted() {
    String event = SampleEvents.sns("n-1", "order-bad");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> ship(event))
          .isInstanceOf(IOException.class)
          .hasMessage("printer on fire");
    }
    assertThat(fixture.processed).containsExactly("order-bad", "order-bad");
    assertThat(fixture.table.rows()).isEmpty();
  }

  @Test
  void handleRequest_accessDenied_runsNothing() {
    fixture.table.faults().always(Fault.DENIED);
    assertThatExceptionOfType(LockAccessDeniedException.class).isThrownBy(() -> ship(EVENT));
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void handleRequest_accessDeniedOnce_startsNoFurtherRecord() {
    fixture.table.faults().next(Fault.DENIED);
    assertThatExceptionOfType(LockAccessDeniedException.class)
        .isThrownBy(() -> ship(joinEvents(EVENT, SampleEvents.sns("n-2", "order-18"))));
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void handleRequest_oneOfTwoFails_otherIsProcessedAndFailureIsThrown() {
    String event =
        joinEvents(SampleEvents.sns("n-1", "order-bad"), SampleEvents.sns("n-2", "order-18"));
    assertThatThrownBy(() -> ship(event)).hasMessage("printer on fire");
    assertThat(fixture.processed).containsExactly("order-bad", "order-18");
  }

  @Test
  void handleRequest_bothFail_throwsTheFirstWithTheOtherSuppressed() {
    String event =
        joinEvents(SampleEvents.sns("n-1", "order-bad"), SampleEvents.sns("n-2", "order-bad"));
    assertThatThrownBy(() -> ship(event))
        .satisfies(
            e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(IOException.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"Records\":[]}",
        "{\"Records\":null}",
        "{\"Records\":[null]}",
        "{\"Records\":[{}]}",
        "{\"Records\":\"x\"}",
        "{\"Records\":[{\"Sns\":{\"Message\":\"order-17\"}}]}",
        "{\"Records\":[{\"Sns\":{\"MessageId\":\"n-1\"}}]}",
        "no json"
      })
  void handleRequest_notAnSnsEvent_isRefused(String event) {
    assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> ship(event));
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void noResourceId_runsNothing() {
    LockedSnsHandler handler =
        new LockedSnsHandler(fixture.guard()) {
          @Override
          protected void handle(SNSRecord message, Lease lease, Context context) {
            fixture.process("never");
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                InProcessInvoker.of(handler)
                    .invoke(SampleEvents.sns("n-1", "order-17"), fixture.context()))
        .withMessageContaining("override resourceId")
        .withMessageContaining("HOLDFAST_RESOURCE_ID");
    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void constructor_resultStorage_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new ShipHandler(fixture.guard().storingResults(GuardFixture.DAY, 100)))
        .withMessageContaining("no result that could be stored");
  }
}
