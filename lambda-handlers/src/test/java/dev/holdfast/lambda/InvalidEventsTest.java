package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.HandlerType;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SampleHttpRequest;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.StreamRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests invalid, oversized and deeply nested events with the handler of each trigger. */
class InvalidEventsTest {
  private static final int NESTING_DEPTH = 100_000;

  private static final Map<String, String> NOT_JSON =
      Map.of(
          "empty text", "",
          "null", "null",
          "not JSON", "order 17",
          "truncated JSON", "{\"Records\":[{",
          "two JSON values", "{} {}",
          "nested arrays",
              "{\"Records\":" + "[".repeat(NESTING_DEPTH) + "]".repeat(NESTING_DEPTH) + "}",
          "nested objects", "{\"Records\":".repeat(NESTING_DEPTH) + "1" + "}".repeat(NESTING_DEPTH),
          "unclosed objects", "{\"a\":".repeat(NESTING_DEPTH));

  private static final Map<String, String> WRONG_TYPES =
      Map.of(
          "number", "7",
          "string", "\"text\"",
          "empty object", "{}",
          "Records is a number", "{\"Records\":7}",
          "record is a number", "{\"Records\":[7]}",
          "record is null", "{\"Records\":[null]}",
          "record is an array", "{\"Records\":[[]]}",
          "Records is an object", "{\"Records\":{\"a\":{\"b\":1}}}",
          "record is an empty object", "{\"Records\":[{}]}");

  /** Handlers that accept an object without any known field. */
  private static final Set<HandlerType> ACCEPTING_ANY_OBJECT =
      EnumSet.of(HandlerType.EVENT_BRIDGE, HandlerType.PLAIN);

  private final GuardFixture fixture = new GuardFixture();

  static List<Arguments> invalidEvent_isRefused() {
    List<Arguments> all = new ArrayList<>();
    for (HandlerType handlerType : HandlerType.values()) {
      NOT_JSON.forEach(
          (description, event) -> all.add(Arguments.of(handlerType, description, event)));
      if (!ACCEPTING_ANY_OBJECT.contains(handlerType)) {
        WRONG_TYPES.forEach(
            (description, event) -> all.add(Arguments.of(handlerType, description, event)));
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void invalidEvent_isRefused(HandlerType handlerType, String description, String event) {
    assertThatExceptionOfType(InvalidEventException.class)
        .as(description)
        .isThrownBy(() -> invoke(handlerType, event))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.counts().puts()).isZero();
  }

  static Stream<Arguments> largeEvent_isProcessed() {
    return Stream.of(256 * 1_024, 6 * 1_024 * 1_024)
        .flatMap(
            bytes -> {
              String text = "x".repeat(bytes);
              StreamRecord record = new StreamRecord("1", "key", text);
              return Stream.of(
                  Arguments.of(
                      HandlerType.SQS, bytes, SampleEvents.sqs(SqsMessage.of("m-1", text))),
                  Arguments.of(HandlerType.SNS, bytes, SampleEvents.sns("n-1", text)),
                  Arguments.of(HandlerType.KINESIS, bytes, SampleEvents.kinesis(record)),
                  Arguments.of(
                      HandlerType.DYNAMODB_STREAM, bytes, SampleEvents.dynamoDbStream(record)),
                  Arguments.of(HandlerType.PLAIN, bytes, "{\"text\":\"" + text + "\"}"));
            });
  }

  @ParameterizedTest(name = "{0} of {1} bytes")
  @MethodSource
  void largeEvent_isProcessed(HandlerType handlerType, int bytes, String event) throws IOException {
    invoke(handlerType, event);
    assertThat(fixture.processed).singleElement().asString().hasSize(bytes);
  }

  static Stream<Integer> largeHttpRequest_isProcessed() {
    return Stream.of(256 * 1_024, 6 * 1_024 * 1_024);
  }

  @ParameterizedTest
  @MethodSource
  void largeHttpRequest_isProcessed(int bytes) throws IOException {
    SampleHttpRequest request = SampleHttpRequest.of("POST", "/orders").body("x".repeat(bytes));
    assertThat(invoke(HandlerType.HTTP, SampleEvents.restApi(request)))
        .contains("\"statusCode\":201");
  }

  private String invoke(HandlerType handlerType, String event) throws IOException {
    return InProcessInvoker.of(handlerType.create(fixture, fixture.guard()))
        .invoke(event, fixture.context());
  }
}
