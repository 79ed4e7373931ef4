package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.error.InsufficientTimeException;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.OrderHandlers;
import dev.holdfast.lambda.internal.util.SneakyThrow;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockedHandlerTest {
  private final GuardFixture fixture = new GuardFixture();
  private final ShipHandler shipHandler = new ShipHandler(fixture.deduplicatingGuard());

  /** Handler from text to text. */
  private final class ShipHandler extends OrderHandlers.StubHandler<String, String> {
    ShipHandler(Guard guard) {
      super(guard);
      work = event -> fixture.process("shipped " + event);
    }

    @Override
    protected String handle(String event, Lease lease, Context context) throws Exception {
      assertThat(fixture.lockState("order")).isEqualTo("HELD");
      return super.handle(event, lease, context);
    }
  }

  /** Handler from text to no result. */
  private static final class PackHandler extends OrderHandlers.StubHandler<Void, String> {
    PackHandler(Guard guard) {
      super(guard);
    }
  }

  private String invoke(OrderHandlers.StubHandler<?, ?> handler) throws IOException {
    return handler.invoke("\"17\"", fixture.context());
  }

  @Test
  void handleRequest_freeLock_runsUnderTheLockWithTwoWrites() throws IOException {
    assertThat(invoke(shipHandler)).isEqualTo("\"shipped 17\"");
    assertThat(fixture.requestSummary()).isEqualTo("1 puts (0 rejected), 1 deletes, 0 others");
    assertThat(fixture.table.rows()).isEmpty();
  }

  @Test
  void handleRequest_withEventId_isDeduplicatedWithFourWrites() throws IOException {
    invoke(shipHandler.withEventId("e-1"));
    assertThat(fixture.requestSummary()).isEqualTo("3 puts (0 rejected), 1 deletes, 0 others");
    assertThat(fixture.table.rows()).containsOnlyKeys("test-function:e-1#13,3#event");
  }

  @Test
  void handleRequest_withEventIdButWithoutDeduplication_runsAgain() throws IOException {
    OrderHandlers.StubHandler<?, ?> withoutDeduplication =
        new ShipHandler(fixture.guard()).withEventId("e-1");
    invoke(withoutDeduplication);
    invoke(withoutDeduplication);
    assertThat(fixture.processed).hasSize(2);
  }

  @Test
  void handleRequest_busyLock_failsWithTheHolder() {
    OtherHost.on(fixture.table, fixture.time).acquire("order");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> invoke(shipHandler))
        .satisfies(e -> assertThat(e.holder().description()).isEqualTo("another host"));
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void handleRequest_accessDenied_runsNothing() {
    fixture.table.faults().always(Fault.DENIED);
    assertThatExceptionOfType(LockAccessDeniedException.class)
        .isThrownBy(() -> invoke(shipHandler));
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void handleRequest_insufficientTime_sendsNothing() {
    assertThatExceptionOfType(InsufficientTimeException.class)
        .isThrownBy(
            () ->
                shipHandler.invoke(
                    "\"17\"", fixture.context().remainingTime(Duration.ofMillis(10))));
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void handleRequest_workThrows_rethrowsUnchangedAndReleasesTheLock() {
    Exception thrown = new IOException("printer on fire");
    shipHandler.withWork(
        event -> {
          throw SneakyThrow.rethrow(thrown);
        });
    assertThatThrownBy(() -> invoke(shipHandler)).isSameAs(thrown).hasNoSuppressedExceptions();
    assertThat(fixture.table.rows()).isEmpty();
  }

  @Test
  void handleRequest_workThrows_isNotCompleted() throws IOException {
    RuntimeException thrown = new IllegalStateException("no paper");
    shipHandler
        .withEventId("e-1")
        .withWork(
            event -> {
              throw thrown;
            });
    assertThatThrownBy(() -> invoke(shipHandler)).isSameAs(thrown);
    assertThat(fixture.table.rows()).isEmpty();

    invoke(new ShipHandler(fixture.deduplicatingGuard()).withEventId("e-1"));
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void handleRequest_workThrowsAlreadyCompleted_isNotADuplicate() {
    AlreadyCompletedException thrown = fixture.alreadyCompletedException();
    OrderHandlers.StubHandler<?, ?> packHandler =
        new PackHandler(fixture.deduplicatingGuard())
            .withWork(
                event -> {
                  throw thrown;
                });
    assertThatThrownBy(() -> invoke(packHandler)).isSameAs(thrown);
  }

  @Test
  void handleRequest_idsThrowAlreadyCompleted_isNotADuplicate() {
    AlreadyCompletedException thrown = fixture.alreadyCompletedException();
    LockedHandler<String, Void> handler =
        new OrderHandlers.StubHandler<Void, String>(fixture.deduplicatingGuard()) {
          @Override
          protected String resourceId(String event) {
            throw thrown;
          }
        };
    assertThatThrownBy(() -> invoke((OrderHandlers.StubHandler<?, ?>) handler)).isSameAs(thrown);
  }

  @Test
  void onDuplicate_resultRequired_fails() throws IOException {
    invoke(shipHandler.withEventId("e-1"));
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(() -> invoke(shipHandler));
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void onDuplicate_voidResult_succeeds() throws IOException {
    OrderHandlers.StubHandler<?, ?> packHandler =
        new PackHandler(fixture.deduplicatingGuard()).withEventId("e-1").withWork(event -> pack());
    assertThat(invoke(packHandler)).isEqualTo("null");
    assertThat(invoke(packHandler)).isEqualTo("null");
    assertThat(fixture.processed).containsExactly("packed");
  }

  @SuppressWarnings("NullAway") // the only value of Void is null
  private Void pack() {
    fixture.process("packed");
    return null;
  }

  @Test
  void onDuplicate_overridden_returnsItsResult() throws IOException {
    OrderHandlers.StubHandler<String, String> handler =
        new OrderHandlers.StubHandler<String, String>(fixture.deduplicatingGuard()) {
          @Override
          protected Optional<String> onDuplicate(
              String event, AlreadyCompletedException duplicate) {
            return Optional.of(
                event + " was shipped before, until " + duplicate.completion().expiresAt());
          }
        };
    handler.withEventId("e-1").withWork(event -> "shipped");
    assertThat(invoke(handler)).isEqualTo("\"shipped\"");
    assertThat(invoke(handler)).isEqualTo("\"17 was shipped before, until 2026-01-02T00:00:00Z\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "null", "[1,2]"})
  void handleRequest_wrongEventType_isRefusedAndSendsNothing(String json) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> shipHandler.invoke(json, fixture.context()))
        .withMessageContaining("String");
    assertThat(fixture.counts().puts()).isZero();
  }
}
