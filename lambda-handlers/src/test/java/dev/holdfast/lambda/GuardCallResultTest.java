package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.PayloadMismatchException;
import dev.holdfast.testkit.OtherHost;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests {@code Guard.call} with a result type: duplicates receive the stored result. */
class GuardCallResultTest {

  record Order(String id, int amount) {}

  record Receipt(String order, BigDecimal price, List<String> lines) {}

  /** Class that Jackson writes by its getter and cannot read. */
  static final class WriteOnly {
    private final String id;

    WriteOnly(String id) {
      this.id = id;
    }

    public String getId() {
      return id;
    }
  }

  /** A result of one class. */
  record Sample<T>(Class<T> type, @Nullable T value) {}

  private static final Ids<Order> BY_ID = Ids.ofEvent(Order::id);
  private static final Order ORDER = new Order("17", 5);

  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.guard().storingResults(GuardFixture.DAY, 200);

  private <T> T call(Order order, Class<T> type, T result) throws InterruptedException {
    return guard.call(
        BY_ID,
        order,
        type,
        fixture.context(),
        lease -> {
          fixture.process(order.id());
          return result;
        });
  }

  @Test
  void duplicate_receivesTheStoredResultWithThreeRequests() throws Exception {
    Receipt receipt = new Receipt("17", new BigDecimal("19.90"), List.of("a", "é"));
    assertThat(call(ORDER, Receipt.class, receipt)).isEqualTo(receipt);
    assertThat(call(ORDER, Receipt.class, new Receipt("18", BigDecimal.ONE, List.of())))
        .isEqualTo(receipt);
    assertThat(fixture.processed).hasSize(1);
    assertThat(fixture.requestSummary())
        .as("2 writes for the event and its result, 1 for the duplicate")
        .isEqualTo("3 puts (1 rejected), 0 deletes, 0 others");
  }

  @Test
  void resourceAndEvent_costFourWrites() throws Exception {
    Ids<Order> ids = Ids.<Order>ofResource(o -> "shop").andEvent(Order::id);
    for (int i = 0; i < 2; i++) {
      assertThat(guard.call(ids, ORDER, Integer.class, fixture.context(), lease -> 42))
          .isEqualTo(42);
    }
    assertThat(fixture.requestSummary()).isEqualTo("4 puts (1 rejected), 1 deletes, 0 others");
  }

  static List<Sample<?>> samples() {
    return List.of(
        new Sample<>(String.class, "text"),
        new Sample<>(Integer.class, 1),
        new Sample<>(Long.class, Long.MAX_VALUE),
        new Sample<>(Double.class, 0.1),
        new Sample<>(BigDecimal.class, new BigDecimal("12345678901234567890.1200")),
        new Sample<>(Boolean.class, true),
        new Sample<>(Order.class, ORDER),
        new Sample<>(Map.class, Map.of("a", List.of(1, 2))),
        new Sample<>(byte[].class, new byte[] {'"', (byte) 0xff, 0}),
        new Sample<>(String.class, null),
        new Sample<>(Order.class, null),
        new Sample<>(Map.class, null),
        new Sample<>(byte[].class, null),
        new Sample<>(SQSEvent.class, null),
        new Sample<>(Void.class, null));
  }

  @ParameterizedTest
  @MethodSource("samples")
  @SuppressWarnings("NullAway") // null is a result
  <T> void anyType_isTheSameForTheDuplicate(Sample<T> sample) throws Exception {
    T first = call(ORDER, sample.type(), sample.value());
    T duplicate = call(ORDER, sample.type(), sample.value());
    assertThat(first).isEqualTo(sample.value());
    assertThat(duplicate).isEqualTo(sample.value());
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void resultThatJsonChanges_isTheSameForBothCalls() throws Exception {
    Object result = Map.of("big", new BigDecimal("12345678901234567890.123456789"));
    Object first = call(ORDER, Object.class, result);
    assertThat(call(ORDER, Object.class, result)).isEqualTo(first);
  }

  @Test
  void resultThatCannotBeRead_failsAtTheFirstCallAndIsNotRepeated() {
    assertThatIllegalStateException()
        .isThrownBy(() -> call(ORDER, WriteOnly.class, new WriteOnly("17")))
        .withMessageContaining("WriteOnly")
        .withMessageContaining("completed without a result");
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(() -> call(ORDER, WriteOnly.class, new WriteOnly("17")));
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void storedResultOfAnotherClass_isAlreadyCompletedWithTheReason() throws Exception {
    call(ORDER, String.class, "text");
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(() -> call(ORDER, Integer.class, 1))
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .singleElement()
                    .isInstanceOf(InvalidEventException.class))
        .satisfies(
            e -> assertThat(e.completion().result().orElseThrow().text()).hasValue("\"text\""));
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void resultTooLarge_isReturnedAndNotStored() throws Exception {
    String large = "x".repeat(300);
    assertThat(call(ORDER, String.class, large)).isEqualTo(large);
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(() -> call(ORDER, String.class, large));
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void anotherPayload_isAMismatch() throws Exception {
    call(ORDER, String.class, "receipt for 5");
    assertThatExceptionOfType(PayloadMismatchException.class)
        .isThrownBy(() -> call(new Order("17", 500), String.class, "receipt for 500"));
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void payloadOfTheIds_replacesTheWholeEvent() throws Exception {
    Ids<Order> ids = BY_ID.andPayload(Order::id);
    guard.call(ids, ORDER, String.class, fixture.context(), lease -> "first");
    assertThat(
            guard.call(
                ids, new Order("17", 500), String.class, fixture.context(), lease -> "second"))
        .isEqualTo("first");
  }

  @Test
  void workThrows_isRethrownUnchangedAndNotCompleted() throws Exception {
    Exception thrown = new Exception("no paper");
    assertThatThrownBy(
            () ->
                guard.call(
                    BY_ID,
                    ORDER,
                    String.class,
                    fixture.context(),
                    lease -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(call(ORDER, String.class, "second try")).isEqualTo("second try");
  }

  @Test
  void busyEvent_isNoDuplicate() throws Exception {
    OtherHost.on(fixture.table, fixture.time).acquire("test-function:17#13,2#event");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> call(ORDER, String.class, "never"));
  }

  @Test
  void guardWithoutStoredResults_isRefusedAndSendsNothing() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                fixture
                    .deduplicatingGuard()
                    .call(BY_ID, ORDER, String.class, fixture.context(), lease -> "never"))
        .withMessageContaining("Guard.storingResults");
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void callWithoutAType_leavesNoResult() throws Exception {
    guard.call(BY_ID, ORDER, fixture.context(), lease -> "secret".getBytes(UTF_8));
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(() -> call(ORDER, String.class, "never"));
    assertThat(fixture.table.rows().toString()).doesNotContain("secret");
  }

  @Test
  void idsWithoutAnEventId_areRefusedAndSendNothing() {
    Ids<Order> ids = Ids.ofResource(Order::id);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.call(ids, ORDER, String.class, fixture.context(), lease -> "never"))
        .withMessageContaining("ids must include an event id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.call(ids, ORDER, fixture.context(), lease -> "never"))
        .withMessageContaining("ids must include an event id");
    assertThat(fixture.counts().puts()).isZero();
  }
}
