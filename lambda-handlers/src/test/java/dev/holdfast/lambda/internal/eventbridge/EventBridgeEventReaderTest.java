package dev.holdfast.lambda.internal.eventbridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.ReportHandler;
import dev.holdfast.lambda.model.EventBridgeEvent;
import dev.holdfast.lambda.testkit.SampleEvents;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventBridgeEventReaderTest {

  /** Detail as users declare it. */
  record Order(int id, List<String> items) {}

  private static EventBridgeEvent read(String json) {
    return EventBridgeEventReader.read(json.getBytes(UTF_8));
  }

  private static EventBridgeEvent withDetail(String detail) {
    return read("{\"id\":\"e-1\",\"detail\":" + detail + "}");
  }

  @Test
  void read_rule_hasAllFields() {
    String json = SampleEvents.eventBridge("e-1", "shop.orders", "OrderPlaced", "{\"order\":17}");
    assertThat(read(json))
        .isEqualTo(
            new EventBridgeEvent(
                "e-1",
                "shop.orders",
                "OrderPlaced",
                "123456789012",
                "us-east-1",
                "2026-01-01T00:00:00Z",
                List.of(),
                "{\"order\":17}"));
  }

  @Test
  void read_customTargetInput_isTheDetail() {
    EventBridgeEvent event = read("{\"id\":\"x\",\"report\":\"sales\"}");
    assertThat(event.detail()).isEqualTo("{\"id\":\"x\",\"report\":\"sales\"}");
    assertThat(event.id()).isEqualTo("x");
    assertThat(event.source()).isEmpty();
    assertThat(event.isScheduled()).isFalse();
  }

  @Test
  void detailAs_record_isRead() {
    assertThat(withDetail("{\"id\":17,\"items\":[\"a\"],\"more\":1}").detailAs(Order.class))
        .isEqualTo(new Order(17, List.of("a")));
  }

  @Test
  void detailAs_jsonInAString_isRead() {
    assertThat(withDetail("\"{\\\"id\\\":17}\"").detailAs(Order.class).id()).isEqualTo(17);
  }

  @Test
  void detailAs_wrongType_namesTheLocation() {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> withDetail("{\"id\":\"secret\"}").detailAs(Order.class))
        .withMessageContaining("Order at /id, line 1")
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.10", "12345678901234567890.5", "0.1", "1E+400", "1e400", "-0"})
  void detail_numberBeyondDouble_isUnchanged(String number) {
    assertThat(withDetail("{\"n\":" + number + "}").detail()).isEqualTo("{\"n\":" + number + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "order|not JSON",
        "``|got MISSING",
        "{\"id\":\"e-1\"|not JSON",
        "{} {}|cannot be read as an EventBridge event",
        "[]|got a bare list, as EventBridge Pipes sends",
        "\"e-1\"|must be a JSON object, got STRING",
        "null|must be a JSON object, got NULL",
        "17|must be a JSON object, got NUMBER",
        "{\"id\":17}|'id' of an EventBridge event must be a string, got NUMBER",
        "{\"source\":{}}|'source' of an EventBridge event must be a string, got OBJECT",
        "{\"detail-type\":[]}|'detail-type' of an EventBridge event must be a string, got ARRAY",
        "{\"time\":true}|'time' of an EventBridge event must be a string, got BOOLEAN",
        "{\"resources\":\"arn\"}|'resources' of an EventBridge event must be an array, got STRING",
        "{\"resources\":[17]}|'resources' of an EventBridge event must be a string, got NUMBER",
        "{\"id\":\"a\",\"id\":\"b\"}|duplicate field",
        "{\"detail\":{\"a\":1,\"a\":2}}|duplicate field",
      })
  void read_invalidEvent_namesTheProblem(String json, String problem) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> read(json))
        .withMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "[1, 2]", "{\"detail\": {\"a\" : 1} }", "17"})
  void detail_anyJsonType_isUnchanged(String detail) {
    String before = "{\"x\":{\"detail\":0},\"id\":\"é\",\"detail\": ";
    assertThat(read(before + detail + " , \"source\":\"s\"}").detail()).isEqualTo(detail);
  }

  static Stream<Arguments> hostile() {
    String deep = "{\"detail\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    String open = "[".repeat(10_000);
    String long6Mb = "{\"id\":\"" + "x".repeat(6 * 1_024 * 1_024) + "\"}";
    return Stream.of(
        Arguments.of("nested arrays", deep, "nesting depth"),
        Arguments.of("unclosed arrays", "{\"detail\":" + open, "nesting depth"),
        Arguments.of("bare list", open, "a bare list"),
        Arguments.of("id of 6 MB", long6Mb, "has at most 2048"),
        Arguments.of("id of 256 KB", "{\"id\":\"" + "x".repeat(262_144) + "\"}", "at most 2048"),
        Arguments.of("digits", "{\"detail\":" + "1".repeat(10_000) + "}", "Number"),
        Arguments.of("unpaired surrogate", "{\"id\":\"\\ud800\"}", "valid Unicode"),
        Arguments.of("permit marker", "{\"id\":\"#permit-1\"}", "must not contain '#permit-'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void handleRequest_hostileEvent_isRefusedAndWritesNothing(
      String description, String json, String message) {
    GuardFixture fixture = new GuardFixture();
    ReportHandler report = new ReportHandler(fixture.deduplicatingGuard());
    assertThatExceptionOfType(InvalidEventException.class)
        .as(description)
        .isThrownBy(() -> report.invoke(json, fixture.context()))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    assertThat(fixture.counts().puts()).isZero();
    assertThat(report.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {256 * 1_024, 6 * 1_024 * 1_024})
  void handleRequest_largeDetail_isProcessed(int bytes) throws IOException {
    GuardFixture fixture = new GuardFixture();
    ReportHandler report = new ReportHandler(fixture.deduplicatingGuard());
    String detail = "{\"text\":\"" + "x".repeat(bytes) + "\"}";
    report.invoke(
        SampleEvents.eventBridge("e-1", "shop.orders", "OrderPlaced", detail), fixture.context());
    assertThat(report.events.get(0).detail()).isEqualTo(detail);
  }
}
