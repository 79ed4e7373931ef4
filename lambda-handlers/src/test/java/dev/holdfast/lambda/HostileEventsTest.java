package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.testkit.HttpCall;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.StreamEntry;
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

/** Events that are none, or are far too large or deep, at the handler of each trigger. */
class HostileEventsTest {
  private static final int DEEP = 100_000;

  private static final Map<String, String> NO_EVENT =
      Map.of(
          "nothing", "",
          "null", "null",
          "no JSON", "order 17",
          "half of it", "{\"Records\":[{",
          "more than one", "{} {}",
          "deep lists", "{\"Records\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}",
          "deep objects", "{\"Records\":".repeat(DEEP) + "1" + "}".repeat(DEEP),
          "open without end", "{\"a\":".repeat(DEEP));

  private static final Map<String, String> OTHER_TYPES =
      Map.of(
          "number", "7",
          "text", "\"text\"",
          "nothing in it", "{}",
          "records that are a number", "{\"Records\":7}",
          "record that is a number", "{\"Records\":[7]}",
          "record that is null", "{\"Records\":[null]}",
          "record that is a list", "{\"Records\":[[]]}",
          "records that are an object", "{\"Records\":{\"a\":{\"b\":1}}}",
          "record with nothing in it", "{\"Records\":[{}]}");

  /** To these, an object without anything that they know is an event. */
  private static final Set<Handlers> OPEN = EnumSet.of(Handlers.EVENT_BRIDGE, Handlers.PLAIN);

  private final Bench bench = new Bench();

  static List<Arguments> refused() {
    List<Arguments> all = new ArrayList<>();
    for (Handlers trigger : Handlers.values()) {
      NO_EVENT.forEach((what, event) -> all.add(Arguments.of(trigger, what, event)));
      if (!OPEN.contains(trigger)) {
        OTHER_TYPES.forEach((what, event) -> all.add(Arguments.of(trigger, what, event)));
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void refused(Handlers trigger, String what, String event) {
    assertThatExceptionOfType(InvalidEventException.class)
        .as(what)
        .isThrownBy(() -> invoke(trigger, event))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    assertThat(bench.done).isEmpty();
    assertThat(bench.counts().puts()).isZero();
  }

  static Stream<Arguments> large() {
    return Stream.of(256 * 1_024, 6 * 1_024 * 1_024)
        .flatMap(
            bytes -> {
              String text = "x".repeat(bytes);
              StreamEntry entry = new StreamEntry("1", "key", text);
              return Stream.of(
                  Arguments.of(Handlers.SQS, bytes, SampleEvents.sqs(SqsMessage.of("m-1", text))),
                  Arguments.of(Handlers.SNS, bytes, SampleEvents.sns("n-1", text)),
                  Arguments.of(Handlers.KINESIS, bytes, SampleEvents.kinesis(entry)),
                  Arguments.of(Handlers.DYNAMODB_STREAM, bytes, SampleEvents.dynamoDbStream(entry)),
                  Arguments.of(Handlers.PLAIN, bytes, "{\"text\":\"" + text + "\"}"));
            });
  }

  @ParameterizedTest(name = "{0} of {1} bytes")
  @MethodSource
  void large(Handlers trigger, int bytes, String event) throws IOException {
    invoke(trigger, event);
    assertThat(bench.done).singleElement().asString().hasSize(bytes);
  }

  static Stream<Integer> largeRequest() {
    return Stream.of(256 * 1_024, 6 * 1_024 * 1_024);
  }

  @ParameterizedTest
  @MethodSource
  void largeRequest(int bytes) throws IOException {
    HttpCall call = HttpCall.of("POST", "/orders").body("x".repeat(bytes));
    assertThat(invoke(Handlers.HTTP, SampleEvents.restApi(call))).contains("\"statusCode\":201");
  }

  private String invoke(Handlers trigger, String event) throws IOException {
    return InProcess.of(trigger.on(bench, bench.guard())).invoke(event, bench.context());
  }
}
