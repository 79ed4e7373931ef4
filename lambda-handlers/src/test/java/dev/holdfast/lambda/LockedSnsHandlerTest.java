package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import dev.holdfast.lambda.testkit.InProcess;
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

  private final Bench bench = new Bench();
  private final OtherHost other = OtherHost.on(bench.table, bench.time);

  /** Its message is the id of its resource; one that says "order-bad" fails. */
  private final class Ship extends LockedSnsHandler {
    Ship(Guard guard) {
      super(guard);
    }

    @Override
    protected String resourceId(SNSRecord message) {
      return message.getSNS().getMessage();
    }

    @Override
    protected void handle(SNSRecord message, Lease lease, Context context) throws IOException {
      bench.work(lease.name());
      if (lease.name().equals("order-bad")) {
        throw new IOException("printer on fire");
      }
    }
  }

  private String ship(String event) throws IOException {
    return InProcess.of(new Ship(bench.remembering())).invoke(event, bench.context());
  }

  /** An event as SNS does not send it, though its shape allows it. */
  private static String both(String first, String second) {
    return first.replaceFirst("\\]\\}$", ",") + second.replaceFirst("^\\{\"Records\":\\[", "");
  }

  @Test
  void handleRequest_messageTwice_isHandledOnceAndBothSucceed() throws IOException {
    assertThat(ship(EVENT)).isEqualTo("null");
    assertThat(ship(EVENT)).isEqualTo("null");
    assertThat(bench.done).containsExactly("order-17");
    assertThat(bench.state("test-function:n-1#13,3#event")).isEqualTo("DONE");
    assertThat(bench.requests()).isEqualTo("4 puts (1 refused), 1 deletes, 0 others");
  }

  @Test
  void handleRequest_busy_waitsWhileTheWorkFits() throws IOException {
    var theirs = other.holds("order-17");
    bench.time.after(Duration.ofSeconds(2), theirs::close);
    ship(EVENT);
    assertThat(bench.done).containsExactly("order-17");
  }

  @Test
  void handleRequest_staysBusy_failsSoThatLambdaTriesAgain() {
    other.holds("order-17");
    assertThatExceptionOfType(LockUnavailableException.class).isThrownBy(() -> ship(EVENT));
    assertThat(bench.done).isEmpty();
  }

  @Test
  void handleRequest_workThrows_comesOutUnchangedAndIsNotRemembered() {
    String bad = SampleEvents.sns("n-1", "order-bad");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> ship(bad))
          .isInstanceOf(IOException.class)
          .hasMessage("printer on fire");
    }
    assertThat(bench.done).containsExactly("order-bad", "order-bad");
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void handleRequest_tableDenied_nothingRuns() {
    bench.table.faults().every(Fault.DENIED);
    assertThatExceptionOfType(LockAccessDeniedException.class).isThrownBy(() -> ship(EVENT));
    assertThat(bench.done).isEmpty();
  }

  @Test
  void handleRequest_tableDeniedOnce_nothingMoreOfTheEventIsBegun() {
    bench.table.faults().next(Fault.DENIED);
    assertThatExceptionOfType(LockAccessDeniedException.class)
        .isThrownBy(() -> ship(both(EVENT, SampleEvents.sns("n-2", "order-18"))));
    assertThat(bench.done).isEmpty();
  }

  @Test
  void handleRequest_oneOfTwoFails_theOtherIsHandledAndTheFailureComesOut() {
    String event = both(SampleEvents.sns("n-1", "order-bad"), SampleEvents.sns("n-2", "order-18"));
    assertThatThrownBy(() -> ship(event)).hasMessage("printer on fire");
    assertThat(bench.done).containsExactly("order-bad", "order-18");
  }

  @Test
  void handleRequest_bothFail_theFirstComesOutWithTheOtherAttached() {
    String event = both(SampleEvents.sns("n-1", "order-bad"), SampleEvents.sns("n-2", "order-bad"));
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
  void handleRequest_whatSnsDoesNotSend_isRefused(String event) {
    assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> ship(event));
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void constructor_noResource_saysWhatToGive() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new LockedSnsHandler(bench.guard()) {
                  @Override
                  protected void handle(SNSRecord message, Lease lease, Context context) {}
                })
        .withMessageContaining("override resourceId")
        .withMessageContaining("HOLDFAST_RESOURCE_ID");
  }

  @Test
  void constructor_resultsToKeep_areRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new Ship(bench.guard().rememberingResults(Bench.DAY, 100)))
        .withMessageContaining("takes no result");
  }
}
