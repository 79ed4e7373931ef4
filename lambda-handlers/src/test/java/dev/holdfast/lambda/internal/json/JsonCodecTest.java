package dev.holdfast.lambda.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.OrderHandlers.Order;
import dev.holdfast.lambda.fixtures.OrderHandlers.Parcel;
import dev.holdfast.lambda.fixtures.OrderHandlers.StubHandler;
import dev.holdfast.lambda.testkit.SampleEvents;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.guard();

  private String invoke(StubHandler<?, ?> handler, String json) throws IOException {
    return handler.invoke(json, fixture.context());
  }

  @Test
  void records_roundTrip() throws IOException {
    var handler =
        new StubHandler<Order, Order>(guard) {}.withWork(
            order -> new Order(order.id(), order.amount() + 1));
    assertThat(invoke(handler, "{\"id\":\"17\",\"amount\":2,\"more\":{}}"))
        .isEqualTo("{\"id\":\"17\",\"amount\":3}");
  }

  @Test
  void record_constructorThrows_isAnInvalidEventWithTheCause() {
    var handler = new StubHandler<Order, Order>(guard) {}.withWork(order -> order);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(handler, "{\"id\":\"17\",\"amount\":-1}"))
        .withMessageContaining("Order")
        .withMessageNotContaining("-1")
        .havingCause()
        .isInstanceOf(IllegalArgumentException.class)
        .withMessage("amount must be at least 0, got -1");
  }

  @Test
  void beans_roundTrip() throws IOException {
    var handler = new StubHandler<Parcel, Parcel>(guard) {}.withWork(parcel -> parcel);
    assertThat(invoke(handler, "{\"id\":\"17\"}")).isEqualTo("{\"id\":\"17\"}");
  }

  @Test
  void mapsAndListsOfRecords_roundTrip() throws IOException {
    var handler =
        new StubHandler<Map<String, Object>, List<Order>>(guard) {}.withWork(
            orders -> Map.of("first", orders.get(0).id(), "of", orders.size()));
    assertThat(invoke(handler, "[{\"id\":\"17\"},{\"id\":\"18\"}]"))
        .contains("\"first\":\"17\"", "\"of\":2");
  }

  @Test
  void bytes_arePassedThroughUnchanged() throws IOException {
    var handler = new StubHandler<byte[], byte[]>(guard) {}.withWork(Function.identity());
    assertThat(invoke(handler, "{ \"a\" : 1e400 } é")).isEqualTo("{ \"a\" : 1e400 } é");
  }

  @Test
  void awsEvents_withDefaultNames_roundTrip() throws IOException {
    var handler =
        new StubHandler<APIGatewayProxyResponseEvent, APIGatewayProxyRequestEvent>(
            guard) {}.withWork(
            request ->
                new APIGatewayProxyResponseEvent()
                    .withStatusCode(200)
                    .withBody(request.getHttpMethod()));
    assertThat(invoke(handler, "{\"httpMethod\":\"GET\",\"path\":\"/orders\"}"))
        .contains("\"statusCode\":200", "\"body\":\"GET\"");
  }

  @Test
  void awsEvents_withRenamedFields_areRead() throws IOException {
    var handler =
        new StubHandler<String, SNSEvent>(guard) {}.withWork(
            event -> event.getRecords().get(0).getSNS().getMessageId());
    assertThat(invoke(handler, SampleEvents.sns("m-1", "hello"))).isEqualTo("\"m-1\"");
  }

  @Test
  void s3Events_areRead() throws IOException {
    var handler =
        new StubHandler<String, S3Event>(guard) {}.withWork(
            event -> event.getRecords().get(0).getS3().getObject().getKey());
    String event =
        "{\"Records\":[{\"eventTime\":\"2026-01-01T00:00:00.000Z\",\"s3\":{\"bucket\":"
            + "{\"name\":\"b\",\"ownerIdentity\":{\"principalId\":\"p\"},\"arn\":\"a\"},"
            + "\"object\":{\"key\":\"k\",\"size\":1,\"eTag\":\"e\",\"versionId\":\"v\","
            + "\"sequencer\":\"s\"}}}]}";
    assertThat(invoke(handler, event)).isEqualTo("\"k\"");
  }

  static Stream<JsonCodec<?>> allCodecs() {
    return Stream.of(
        JsonCodec.of(SQSEvent.class),
        JsonCodec.of(SNSEvent.class),
        JsonCodec.of(S3Event.class),
        JsonCodec.of(KinesisEvent.class),
        JsonCodec.of(ScheduledEvent.class),
        JsonCodec.of(APIGatewayProxyRequestEvent.class),
        JsonCodec.of(Order.class),
        JsonCodec.of(Parcel.class),
        JsonCodec.of(Map.class),
        JsonCodec.of(String.class),
        JsonCodec.of(Integer.class));
  }

  @ParameterizedTest
  @MethodSource("allCodecs")
  void read_wrongJson_isAnInvalidEventWithoutItsContent(JsonCodec<?> type) {
    String secret = "s3cret";
    String deep = "{\"" + secret + "\":" + "[".repeat(10_000);
    for (String json : List.of("", secret, "null", "{\"" + secret, "{\"Records\":1e", deep)) {
      assertThatExceptionOfType(InvalidEventException.class)
          .as(json.substring(0, Math.min(json.length(), 20)))
          .isThrownBy(() -> type.read(json.getBytes(UTF_8)))
          .satisfies(
              e -> assertThat(e.getMessage()).doesNotContain(secret).hasSizeBetween(20, 400));
    }
  }

  @Test
  void read_hostileFieldName_isEscapedAndTruncatedInTheMessage() {
    JsonCodec<Thresholds> type = JsonCodec.of(Thresholds.class);
    String hostile = "a\\nb" + "c".repeat(10_000);
    String json = "{\"limits\":{\"" + hostile + "\":\"high\"}}";
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> type.read(json.getBytes(UTF_8)))
        .withMessageContaining("at \"/limits/a\\u000abccc")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContain("\n"));
  }

  /** Record with a map of numbers. */
  record Thresholds(Map<String, Integer> limits) {}

  @ParameterizedTest
  @MethodSource("allCodecs")
  @SuppressWarnings("NullAway") // callers without null checks
  void write_null_isNull(JsonCodec<?> type) {
    assertThat(new String(type.write(null), UTF_8)).isEqualTo("null");
  }

  @Test
  @SuppressWarnings("NullAway") // callers without null checks
  void write_nullBytes_isNull() {
    assertThat(new String(JsonCodec.of(byte[].class).write(null), UTF_8)).isEqualTo("null");
  }

  /** Bean whose getter throws. */
  public static final class UnserializableBean {
    public String getId() {
      return List.<String>of().get(0);
    }
  }

  @Test
  void write_unserializableObject_namesItsType() {
    assertThatIllegalStateException()
        .isThrownBy(() -> JsonCodec.of(UnserializableBean.class).write(new UnserializableBean()))
        .withMessageContaining("result cannot be written as JSON")
        .withMessageContaining("UnserializableBean");
  }

  /** Handler with an unresolved type parameter. */
  private static class UnresolvedHandler<E> extends StubHandler<List<E>, E> {
    UnresolvedHandler(Guard guard) {
      super(guard);
    }
  }

  /** Handler that resolves the type parameter. */
  private static final class ResolvedHandler extends UnresolvedHandler<Order> {
    ResolvedHandler(Guard guard) {
      super(guard);
    }
  }

  /** Handler that resolves the type parameter for its subclasses. */
  private static class IndirectHandler extends UnresolvedHandler<Map<String, Order>> {
    IndirectHandler(Guard guard) {
      super(guard);
    }
  }

  @Test
  void typeArguments_throughGenericSuperclasses_areResolved() throws IOException {
    assertThat(
            invoke(new ResolvedHandler(guard).withWork(List::of), "{\"id\":\"17\",\"amount\":1}"))
        .isEqualTo("[{\"id\":\"17\",\"amount\":1}]");
    var handler = new IndirectHandler(guard) {}.withWork(List::of);
    assertThat(invoke(handler, "{\"a\":{\"id\":\"17\",\"amount\":1}}"))
        .isEqualTo("[{\"a\":{\"id\":\"17\",\"amount\":1}}]");
  }

  record Amounts(BigDecimal a, BigInteger b, double c, long d, Number e, Object f) {}

  @ParameterizedTest
  @ValueSource(
      strings = {"1e-99999999999", "1e99999999999", "-10e-2147483648", "1e400", "1e2000000"})
  void number_beyondEachType_isReadOrAnInvalidEvent(String number) {
    for (Class<?> type : List.of(BigDecimal.class, BigInteger.class, Long.class, Object.class)) {
      assertReadOrInvalid(type, number);
    }
    for (String field : List.of("a", "b", "c", "d", "e", "f")) {
      assertReadOrInvalid(Amounts.class, "{\"" + field + "\":" + number + "}");
    }
  }

  private static void assertReadOrInvalid(Class<?> type, String json) {
    try {
      assertThat((Object) JsonCodec.of(type).read(json.getBytes(UTF_8))).isInstanceOf(type);
    } catch (InvalidEventException e) {
      assertThat(e).hasMessageContaining("event cannot be read as");
    }
  }

  @Test
  void typeArguments_unresolved_failInTheConstructorAndNameTheClass() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new UnresolvedHandler<Order>(guard))
        .withMessageContaining(
            "JsonCodecTest$UnresolvedHandler must give a type for E of LockedHandler")
        .withMessageContaining("LockedHandler<Order, Receipt>");
  }

  @Test
  @SuppressWarnings("rawtypes")
  void rawBaseClass_failsInTheConstructorAndNamesTheClass() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new StubHandler(guard) {})
        .withMessageContaining(JsonCodecTest.class.getName())
        .withMessageContaining("must give a type for");
  }

  @Test
  void typeArguments_unresolvedNested_fail() {
    class Half<T> extends StubHandler<Void, Map<String, List<T[]>>> {
      Half() {
        super(guard);
      }
    }
    assertThatIllegalStateException()
        .isThrownBy(Half<Order>::new)
        .withMessageContaining("must give a type for E of LockedHandler");
  }
}
