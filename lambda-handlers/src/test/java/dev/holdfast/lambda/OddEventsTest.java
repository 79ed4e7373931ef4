package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lock.ForeignRowException;
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
 * What handlers do about events that nobody should have sent. {@code
 * -Dholdfast.fuzz.events=1000000} tries more of them, {@code -Dholdfast.fuzz.seed=…} others.
 */
class OddEventsTest {
  private static final int EVENTS = Integer.getInteger("holdfast.fuzz.events", 20_000);
  private static final long SEED = Long.getLong("holdfast.fuzz.seed", 1);
  private static final List<Sample> SAMPLES = List.of(Sample.values());
  private static final Map<String, AttributeValue> FOREIGN =
      Map.of(
          "resource_id", AttributeValue.fromS("order"), "owner", AttributeValue.fromS("not ours"));

  /** What came of an event. */
  private enum Met {
    WORKED_ON,
    NOTHING_TO_DO,
    INVALID,
    REPORTED,
    ANSWERED_WITH_AN_ERROR,
    FOREIGN_ROW
  }

  /** Lambda's serialization takes a backslash before any character, and control characters too. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:u[0-9a-fA-F]{4}|[bfnrt]|(.))", Pattern.DOTALL);

  private static final Pattern NOT_PLAIN = Pattern.compile("[^ -~]|[\\\\\"]");

  private static final PrintStream STANDARD_ERROR = System.err;

  private final Random random = new Random(SEED);
  private final OddEvents events = new OddEvents(random);

  @BeforeAll
  static void dropTheLog() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
  }

  @AfterAll
  static void log() {
    System.setErr(STANDARD_ERROR);
  }

  @Test
  void noEvent_isAnythingButWorkUnderALockOrADocumentedError_andForeignRowsStay()
      throws IOException {
    Map<Met, Integer> met = new EnumMap<>(Met.class);

    for (int i = 0; i < EVENTS; i++) {
      Sample sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
      met.merge(meet(sample, events.from(sample.event())), 1, Integer::sum);
    }

    System.out.printf("| odd events, seed %d | %d | %s |%n", SEED, EVENTS, met);
    for (Met each : Met.values()) {
      assertThat(met.getOrDefault(each, 0)).as("%s of %s", each, met).isGreaterThan(EVENTS / 1_000);
    }
  }

  private Met meet(Sample sample, byte[] event) {
    Bench bench = new Bench();
    boolean foreign = random.nextInt(10) == 0;
    if (foreign) {
      bench.table.put(FOREIGN);
    }
    try {
      return answered(sample, event, bench);
    } catch (InvalidEventException e) {
      return Met.INVALID;
    } catch (ForeignRowException e) {
      assertThat(foreign).isTrue();
      return Met.FOREIGN_ROW;
    } catch (Exception | Error e) {
      throw new AssertionError(sample + ": " + new String(event, UTF_8), e);
    } finally {
      assertThat(bench.counts().puts()).isGreaterThanOrEqualTo(bench.done.size());
      assertThat(bench.table.rows().containsValue(FOREIGN)).isEqualTo(foreign);
    }
  }

  private static Met answered(Sample sample, byte[] event, Bench bench) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sample
        .handler()
        .on(bench, bench.guard())
        .handleRequest(new ByteArrayInputStream(event), out, bench.context());
    JsonNode answer = JsonTree.read(out.toByteArray(), "an answer");
    Met met =
        switch (sample.handler()) {
          case SQS, KINESIS, DYNAMODB_STREAM -> reported(answer, new String(event, UTF_8), bench);
          case HTTP -> Api.status(answer) < 400 ? Met.WORKED_ON : Met.ANSWERED_WITH_AN_ERROR;
          default -> worked(bench);
        };
    assertThat(met == Met.WORKED_ON && bench.counts().puts() == 0).as("unguarded").isFalse();
    return met;
  }

  private static Met worked(Bench bench) {
    return bench.done.isEmpty() ? Met.NOTHING_TO_DO : Met.WORKED_ON;
  }

  /** Only what the event names, be it as a number, and all of it as texts. */
  private static Met reported(JsonNode answer, String event, Bench bench) {
    List<JsonNode> failures = answer.findValues("itemIdentifier");
    assertThat(answer.path("batchItemFailures").isArray()).isTrue();
    assertThat(answer.path("batchItemFailures")).hasSize(failures.size());
    for (JsonNode failure : failures) {
      assertThat(failure.isTextual() && !failure.asText().isEmpty()).isTrue();
      assertThat(plain(ESCAPE.matcher(event).replaceAll("$1"))).contains(plain(failure.asText()));
    }
    return failures.isEmpty() ? worked(bench) : Met.REPORTED;
  }

  private static String plain(String text) {
    return NOT_PLAIN.matcher(text).replaceAll("");
  }
}
