package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lock.AlreadyDoneException;
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

class LockedHandlerTest {
  private final Bench bench = new Bench();
  private final Ship ship = new Ship(bench.remembering());

  /** Takes a text, answers a text. */
  private final class Ship extends Orders.Base<String, String> {
    Ship(Guard guard) {
      super(guard);
      work = event -> bench.work("shipped " + event);
    }

    @Override
    protected String handle(String event, Lease lease, Context context) throws Exception {
      assertThat(bench.state("order")).isEqualTo("HELD");
      return super.handle(event, lease, context);
    }
  }

  /** Takes a text, answers nothing. */
  private static final class Pack extends Orders.Base<Void, String> {
    Pack(Guard guard) {
      super(guard);
    }
  }

  private String invoke(Orders.Base<?, ?> handler) throws IOException {
    return handler.invoke("\"17\"", bench.context());
  }

  @Test
  void handleRequest_free_worksUnderTheLockInTwoWrites() throws IOException {
    assertThat(invoke(ship)).isEqualTo("\"shipped 17\"");
    assertThat(bench.requests()).isEqualTo("1 puts (0 refused), 1 deletes, 0 others");
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void handleRequest_eventId_isRememberedInFourWrites() throws IOException {
    invoke(ship.knownBy("e-1"));
    assertThat(bench.requests()).isEqualTo("3 puts (0 refused), 1 deletes, 0 others");
    assertThat(bench.table.rows()).containsOnlyKeys("test-function:e-1#13,3#event");
  }

  @Test
  void handleRequest_eventIdButNothingRemembered_worksAgain() throws IOException {
    Orders.Base<?, ?> forgetful = new Ship(bench.guard()).knownBy("e-1");
    invoke(forgetful);
    invoke(forgetful);
    assertThat(bench.done).hasSize(2);
  }

  @Test
  void handleRequest_busy_failsWithTheHolder() {
    OtherHost.on(bench.table, bench.time).holds("order");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> invoke(ship))
        .satisfies(e -> assertThat(e.holder().description()).isEqualTo("another host"));
    assertThat(bench.done).isEmpty();
  }

  @Test
  void handleRequest_tableDenied_nothingRuns() {
    bench.table.faults().every(Fault.DENIED);
    assertThatExceptionOfType(LockAccessDeniedException.class).isThrownBy(() -> invoke(ship));
    assertThat(bench.done).isEmpty();
  }

  @Test
  void handleRequest_tooLittleTime_nothingIsSent() {
    assertThatExceptionOfType(TooLittleTimeException.class)
        .isThrownBy(() -> ship.invoke("\"17\"", bench.context().remaining(Duration.ofMillis(10))));
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void handleRequest_throws_comesOutUnchangedAndTheLockIsFree() {
    Exception thrown = new IOException("printer on fire");
    ship.doing(
        event -> {
          throw Unchecked.rethrown(thrown);
        });
    assertThatThrownBy(() -> invoke(ship)).isSameAs(thrown).hasNoSuppressedExceptions();
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void handleRequest_throws_isNotRemembered() throws IOException {
    RuntimeException thrown = new IllegalStateException("no paper");
    ship.knownBy("e-1")
        .doing(
            event -> {
              throw thrown;
            });
    assertThatThrownBy(() -> invoke(ship)).isSameAs(thrown);
    assertThat(bench.table.rows()).isEmpty();

    invoke(new Ship(bench.remembering()).knownBy("e-1"));
    assertThat(bench.done).hasSize(1);
  }

  @Test
  void handleRequest_throwsAlreadyDone_isNoDuplicate() {
    AlreadyDoneException thrown = bench.doneElsewhere();
    Orders.Base<?, ?> pack =
        new Pack(bench.remembering())
            .doing(
                event -> {
                  throw thrown;
                });
    assertThatThrownBy(() -> invoke(pack)).isSameAs(thrown);
  }

  @Test
  void handleRequest_idsThrowAlreadyDone_isNoDuplicate() {
    AlreadyDoneException thrown = bench.doneElsewhere();
    LockedHandler<String, Void> asking =
        new Orders.Base<Void, String>(bench.remembering()) {
          @Override
          protected String resourceId(String event) {
            throw thrown;
          }
        };
    assertThatThrownBy(() -> invoke((Orders.Base<?, ?>) asking)).isSameAs(thrown);
  }

  @Test
  void alreadyDone_resultWanted_fails() throws IOException {
    invoke(ship.knownBy("e-1"));
    assertThatExceptionOfType(AlreadyDoneException.class).isThrownBy(() -> invoke(ship));
    assertThat(bench.done).hasSize(1);
  }

  @Test
  void alreadyDone_noResult_isASuccess() throws IOException {
    Orders.Base<?, ?> pack = new Pack(bench.remembering()).knownBy("e-1").doing(event -> nothing());
    assertThat(invoke(pack)).isEqualTo("null");
    assertThat(invoke(pack)).isEqualTo("null");
    assertThat(bench.done).containsExactly("packed");
  }

  @SuppressWarnings("NullAway") // a Void is null
  private Void nothing() {
    bench.work("packed");
    return null;
  }

  @Test
  void alreadyDone_overridden_isTheAnswer() throws IOException {
    Orders.Base<String, String> answering =
        new Orders.Base<String, String>(bench.remembering()) {
          @Override
          protected String alreadyDone(String event, AlreadyDoneException duplicate) {
            return event + " was shipped before, until " + duplicate.completion().until();
          }
        };
    answering.knownBy("e-1").doing(event -> "shipped");
    assertThat(invoke(answering)).isEqualTo("\"shipped\"");
    assertThat(invoke(answering))
        .isEqualTo("\"17 was shipped before, until 2026-01-02T00:00:00Z\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "null", "[1,2]"})
  void handleRequest_notOfItsType_isRefusedAndNothingIsSent(String json) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> ship.invoke(json, bench.context()))
        .withMessageContaining("String");
    assertThat(bench.counts().puts()).isZero();
  }
}
