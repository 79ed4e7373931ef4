package dev.holdfast.lambda;

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
import dev.holdfast.lambda.Orders.Base;
import dev.holdfast.lambda.Orders.Order;
import dev.holdfast.lambda.Orders.Parcel;
import dev.holdfast.lambda.testkit.SampleEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTypeTest {
  private final Bench bench = new Bench();
  private final Guard guard = bench.guard();

  private String invoke(Base<?, ?> handler, String json) throws IOException {
    return handler.invoke(json, bench.context());
  }

  @Test
  void records_areReadAndWritten() throws IOException {
    var handler =
        new Base<Order, Order>(guard) {}.doing(order -> new Order(order.id(), order.amount() + 1));
    assertThat(invoke(handler, "{\"id\":\"17\",\"amount\":2,\"more\":{}}"))
        .isEqualTo("{\"id\":\"17\",\"amount\":3}");
  }

  @Test
  void recordThatRefusesItsValues_isAnInvalidEventWithTheReason() {
    var handler = new Base<Order, Order>(guard) {}.doing(order -> order);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(handler, "{\"id\":\"17\",\"amount\":-1}"))
        .withMessageContaining("Order")
        .withMessageNotContaining("-1")
        .havingCause()
        .isInstanceOf(IllegalArgumentException.class)
        .withMessage("amount must be at least 0, got -1");
  }

  @Test
  void classesWithSetters_areReadAndWritten() throws IOException {
    var handler = new Base<Parcel, Parcel>(guard) {}.doing(parcel -> parcel);
    assertThat(invoke(handler, "{\"id\":\"17\"}")).isEqualTo("{\"id\":\"17\"}");
  }

  @Test
  void mapsAndListsOfRecords_areReadAndWritten() throws IOException {
    var handler =
        new Base<Map<String, Object>, List<Order>>(guard) {}.doing(
            orders -> Map.of("first", orders.get(0).id(), "of", orders.size()));
    assertThat(invoke(handler, "[{\"id\":\"17\"},{\"id\":\"18\"}]"))
        .contains("\"first\":\"17\"", "\"of\":2");
  }

  @Test
  void rawJson_isTheBytesThatCame() throws IOException {
    var handler = new Base<byte[], byte[]>(guard) {}.doing(Function.identity());
    assertThat(invoke(handler, "{ \"a\" : 1e400 } é")).isEqualTo("{ \"a\" : 1e400 } é");
  }

  @Test
  void awsEvents_areReadAndWrittenWithTheirOwnNames() throws IOException {
    var handler =
        new Base<APIGatewayProxyResponseEvent, APIGatewayProxyRequestEvent>(guard) {}.doing(
            request ->
                new APIGatewayProxyResponseEvent()
                    .withStatusCode(200)
                    .withBody(request.getHttpMethod()));
    assertThat(invoke(handler, "{\"httpMethod\":\"GET\",\"path\":\"/orders\"}"))
        .contains("\"statusCode\":200", "\"body\":\"GET\"");
  }

  @Test
  void awsEvents_withOtherNamesInJson_areRead() throws IOException {
    var handler =
        new Base<String, SNSEvent>(guard) {}.doing(
            event -> event.getRecords().get(0).getSNS().getMessageId());
    assertThat(invoke(handler, SampleEvents.sns("m-1", "hello"))).isEqualTo("\"m-1\"");
  }

  @Test
  void s3Events_areRead() throws IOException {
    var handler =
        new Base<String, S3Event>(guard) {}.doing(
            event -> event.getRecords().get(0).getS3().getObject().getKey());
    String event =
        "{\"Records\":[{\"eventTime\":\"2026-01-01T00:00:00.000Z\",\"s3\":{\"bucket\":"
            + "{\"name\":\"b\",\"ownerIdentity\":{\"principalId\":\"p\"},\"arn\":\"a\"},"
            + "\"object\":{\"key\":\"k\",\"size\":1,\"eTag\":\"e\",\"versionId\":\"v\","
            + "\"sequencer\":\"s\"}}}]}";
    assertThat(invoke(handler, event)).isEqualTo("\"k\"");
  }

  static Stream<JsonType<?>> everyKind() {
    return Stream.of(
        JsonType.of(SQSEvent.class),
        JsonType.of(SNSEvent.class),
        JsonType.of(S3Event.class),
        JsonType.of(KinesisEvent.class),
        JsonType.of(ScheduledEvent.class),
        JsonType.of(APIGatewayProxyRequestEvent.class),
        JsonType.of(Order.class),
        JsonType.of(Parcel.class),
        JsonType.of(Map.class),
        JsonType.of(String.class),
        JsonType.of(Integer.class));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void read_anythingButThis_isAnInvalidEventWithoutItsContent(JsonType<?> type) {
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
  void read_fieldNamesInTheMessage_areNoLinesAndAreCut() {
    JsonType<Thresholds> type = JsonType.of(Thresholds.class);
    String hostile = "a\\nb" + "c".repeat(10_000);
    String json = "{\"limits\":{\"" + hostile + "\":\"high\"}}";
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> type.read(json.getBytes(UTF_8)))
        .withMessageContaining("at \"/limits/a\\u000abccc")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContain("\n"));
  }

  /** Numbers by name. */
  record Thresholds(Map<String, Integer> limits) {}

  @ParameterizedTest
  @MethodSource("everyKind")
  @SuppressWarnings("NullAway") // what code without null checks returns
  void write_null_isNull(JsonType<?> type) {
    assertThat(new String(type.write(null), UTF_8)).isEqualTo("null");
  }

  @Test
  @SuppressWarnings("NullAway") // what code without null checks returns
  void write_nullBytes_isNull() {
    assertThat(new String(JsonType.of(byte[].class).write(null), UTF_8)).isEqualTo("null");
  }

  /** Cannot be written. */
  public static final class Broken {
    public String getId() {
      return List.<String>of().get(0);
    }
  }

  @Test
  void write_whatCannotBeWritten_saysSo() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> JsonType.of(Broken.class).write(new Broken()))
        .withMessageContaining("result cannot be written as JSON")
        .withMessageContaining("Broken");
  }

  /** Leaves its types to others. */
  private static class Open<E> extends Base<List<E>, E> {
    Open(Guard guard) {
      super(guard);
    }
  }

  /** Says them. */
  private static final class Closed extends Open<Order> {
    Closed(Guard guard) {
      super(guard);
    }
  }

  /** Says them, one class further. */
  private static class Further extends Open<Map<String, Order>> {
    Further(Guard guard) {
      super(guard);
    }
  }

  @Test
  void throughGenericClassesInBetween_typesAreFound() throws IOException {
    assertThat(invoke(new Closed(guard).doing(List::of), "{\"id\":\"17\",\"amount\":1}"))
        .isEqualTo("[{\"id\":\"17\",\"amount\":1}]");
    var further = new Further(guard) {}.doing(List::of);
    assertThat(invoke(further, "{\"a\":{\"id\":\"17\",\"amount\":1}}"))
        .isEqualTo("[{\"a\":{\"id\":\"17\",\"amount\":1}}]");
  }

  @Test
  void typeLeftOpen_failsInTheConstructorAndNamesTheClass() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new Open<Order>(guard))
        .withMessageContaining("JsonTypeTest$Open leaves open what E of LockedHandler is")
        .withMessageContaining("LockedHandler<Order, Receipt>");
  }

  @Test
  @SuppressWarnings("rawtypes")
  void rawBaseClass_failsInTheConstructorAndNamesTheClass() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new Base(guard) {})
        .withMessageContaining(JsonTypeTest.class.getName())
        .withMessageContaining("leaves open");
  }

  @Test
  void typeLeftOpenWithin_failsToo() {
    class Half<T> extends Base<Void, Map<String, List<T[]>>> {
      Half() {
        super(guard);
      }
    }
    assertThatIllegalStateException()
        .isThrownBy(Half<Order>::new)
        .withMessageContaining("leaves open what E of LockedHandler is");
  }
}
