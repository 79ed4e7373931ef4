package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.HttpOrderHandler;
import dev.holdfast.lambda.fixtures.MalformedEventGenerator;
import dev.holdfast.lambda.fixtures.ParsedJson;
import dev.holdfast.lambda.fixtures.TriggerSample;
import dev.holdfast.lock.UnrecognizedRowException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tests handlers with malformed events. {@code -Dholdfast.fuzz.events=1000000} sets their number,
 * {@code -Dholdfast.fuzz.seed=…} the random seed.
 */
class MalformedEventsTest {
  private static final int EVENTS = Integer.getInteger("holdfast.fuzz.events", 5_000);
  private static final long SEED = Long.getLong("holdfast.fuzz.seed", 1);
  private static final List<TriggerSample> SAMPLES = List.of(TriggerSample.values());
  private static final Map<String, AttributeValue> UNRECOGNIZED_ROW =
      Map.of(
          "resource_id", AttributeValue.fromS("order"), "owner", AttributeValue.fromS("not ours"));

  /** Outcome of an event. */
  private enum Outcome {
    PROCESSED,
    NOTHING_TO_PROCESS,
    INVALID,
    BATCH_ITEM_FAILURE,
    ERROR_RESPONSE,
    UNRECOGNIZED_ROW
  }

  /**
   * Escape sequence of JSON. Lambda's serialization also accepts a backslash before any character,
   * and control characters.
   */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:u[0-9a-fA-F]{4}|[bfnrt]|(.))", Pattern.DOTALL);

  private static final Pattern NOT_PRINTABLE_ASCII = Pattern.compile("[^ -~]|[\\\\\"]");

  private static final PrintStream STANDARD_ERROR = System.err;

  private final Random random = new Random(SEED);
  private final MalformedEventGenerator events = new MalformedEventGenerator(random);

  @BeforeAll
  static void discardLog() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
  }

  @AfterAll
  static void restoreLog() {
    System.setErr(STANDARD_ERROR);
  }

  @Test
  void malformedEvents_areProcessedUnderTheLockOrFailWithADocumentedError() throws IOException {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    for (int i = 0; i < EVENTS; i++) {
      TriggerSample sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
      outcomes.merge(process(sample, events.generate(sample.event())), 1, Integer::sum);
    }

    System.out.printf("| malformed events, seed %d | %d | %s |%n", SEED, EVENTS, outcomes);
    for (Outcome outcome : Outcome.values()) {
      assertThat(outcomes.getOrDefault(outcome, 0))
          .as("%s of %s", outcome, outcomes)
          .isGreaterThan(EVENTS / 1_000);
    }
  }

  private Outcome process(TriggerSample sample, byte[] event) {
    GuardFixture fixture = new GuardFixture();
    boolean unrecognizedRow = random.nextInt(10) == 0;
    if (unrecognizedRow) {
      fixture.table.put(UNRECOGNIZED_ROW);
    }
    try {
      return invoke(sample, event, fixture);
    } catch (InvalidEventException e) {
      return Outcome.INVALID;
    } catch (UnrecognizedRowException e) {
      assertThat(unrecognizedRow).isTrue();
      return Outcome.UNRECOGNIZED_ROW;
    } catch (Exception | Error e) {
      throw new AssertionError(sample + ": " + new String(event, UTF_8), e);
    } finally {
      assertThat(fixture.counts().puts()).isGreaterThanOrEqualTo(fixture.processed.size());
      assertThat(fixture.table.rows().containsValue(UNRECOGNIZED_ROW)).isEqualTo(unrecognizedRow);
    }
  }

  private static Outcome invoke(TriggerSample sample, byte[] event, GuardFixture fixture)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sample
        .handlerType()
        .create(fixture, fixture.guard())
        .handleRequest(new ByteArrayInputStream(event), out, fixture.context());
    JsonNode response = ParsedJson.of(out.toByteArray());
    Outcome outcome =
        switch (sample.handlerType()) {
          case SQS, KINESIS, DYNAMODB_STREAM ->
              batchOutcome(response, new String(event, UTF_8), fixture);
          case HTTP ->
              HttpOrderHandler.status(response) < 400 ? Outcome.PROCESSED : Outcome.ERROR_RESPONSE;
          default -> processedOutcome(fixture);
        };
    assertThat(outcome == Outcome.PROCESSED && fixture.counts().puts() == 0)
        .as("work ran without a lock")
        .isFalse();
    return outcome;
  }

  private static Outcome processedOutcome(GuardFixture fixture) {
    return fixture.processed.isEmpty() ? Outcome.NOTHING_TO_PROCESS : Outcome.PROCESSED;
  }

  /** Checks that the response reports only ids of the event, each as a string. */
  private static Outcome batchOutcome(JsonNode response, String event, GuardFixture fixture) {
    List<JsonNode> failures = response.findValues("itemIdentifier");
    assertThat(response.path("batchItemFailures").isArray()).isTrue();
    assertThat(response.path("batchItemFailures")).hasSize(failures.size());
    for (JsonNode failure : failures) {
      assertThat(failure.isTextual() && !failure.asText().isEmpty()).isTrue();
      assertThat(withoutSpecialCharacters(ESCAPE.matcher(event).replaceAll("$1")))
          .contains(withoutSpecialCharacters(failure.asText()));
    }
    return failures.isEmpty() ? processedOutcome(fixture) : Outcome.BATCH_ITEM_FAILURE;
  }

  private static String withoutSpecialCharacters(String text) {
    return NOT_PRINTABLE_ASCII.matcher(text).replaceAll("");
  }
}
