package dev.holdfast.lambda.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.internal.keys.PayloadFingerprint;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpTarget;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that two requests have the same payload only if path, query and body are the same. */
class HttpPayloadTest {

  /** Parts of a request that count, with the body as the caller meant it. */
  private record Content(String path, Map<String, List<String>> query, String body) {}

  private static String fingerprint(HttpRequest request) {
    return PayloadFingerprint.of(HttpPayload.of(request));
  }

  private static HttpRequest request(
      String path, Map<String, List<String>> query, String contentType, byte[] body) {
    Map<String, List<String>> headers =
        contentType.isEmpty() ? Map.of() : Map.of("Content-Type", List.of(contentType));
    return new HttpRequest(
        new HttpTarget("POST", path, path, Map.of(), query), headers, Optional.empty(), body);
  }

  private static String ofBody(String contentType, String body) {
    return fingerprint(request("/", Map.of(), contentType, body.getBytes(UTF_8)));
  }

  private static String ofQuery(Map<String, List<String>> query) {
    return fingerprint(request("/", query, "", new byte[0]));
  }

  /** The alphabets contain each character that any encoding could use to separate parts. */
  @Test
  void randomRequests_sameFingerprintOnlyForTheSameContent() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<String, Content> contents = new HashMap<>();
    Map<Content, String> fingerprints = new HashMap<>();
    for (int i = 0; i < 40_000; i++) {
      Content content = randomContent(random);
      String fingerprint =
          fingerprint(request(content.path, content.query, "", content.body.getBytes(UTF_8)));
      assertThat(contents.putIfAbsent(fingerprint, content))
          .as("seed %d", seed)
          .isIn(null, content);
      assertThat(fingerprints.putIfAbsent(content, fingerprint))
          .as("seed %d", seed)
          .isIn(null, fingerprint);
    }
    assertThat(contents.size()).as("different contents, seed %d", seed).isBetween(1_000, 39_000);
  }

  private static Content randomContent(Random random) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (int n = random.nextInt(3); n > 0; n--) {
      List<String> values = new ArrayList<>();
      for (int v = random.nextInt(3); v > 0; v--) {
        values.add(randomText(random));
      }
      query.put(randomText(random), values);
    }
    return new Content(randomText(random), query, randomText(random));
  }

  private static String randomText(Random random) {
    String[] pieces = {
      "", "a", ",", ", ", "]", "\",\"", "=", "\n", "json", "bytes", "\0", "{", "YQ=="
    };
    return pieces[random.nextInt(pieces.length)] + pieces[random.nextInt(pieces.length)];
  }

  @Test
  void queryValues_countOneByOneAndInOrder() {
    List<Map<String, List<String>>> queries =
        List.of(
            Map.of(),
            Map.of("a", List.of()),
            Map.of("a", List.of("")),
            Map.of("a", List.of("b", "c")),
            Map.of("a", List.of("c", "b")),
            Map.of("a", List.of("b, c")),
            Map.of("a", List.of("b,c")),
            Map.of("a", List.of("b"), "c", List.of()),
            Map.of("a=[b], c", List.of("d")),
            Map.of("a", List.of("b], c=[d")));
    assertThat(queries.stream().map(HttpPayloadTest::ofQuery)).doesNotHaveDuplicates();
  }

  @Test
  void queryNames_inAnyOrder_areTheSame() {
    Map<String, List<String>> ascending = new LinkedHashMap<>();
    ascending.put("a", List.of("1"));
    ascending.put("b", List.of("2"));
    Map<String, List<String>> descending = new LinkedHashMap<>();
    descending.put("b", List.of("2"));
    descending.put("a", List.of("1"));
    assertThat(ofQuery(ascending)).isEqualTo(ofQuery(descending));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"amount\":42,\"to\":\"é\"} | { \"to\" : \"\\u00e9\",\t\"amount\": 42.0 }",
        "[1e2, {\"a\":{}}] | [100,{\"a\":{ }}]",
        "{} | {\t}"
      })
  void sameJson_isTheSamePayload_whateverItsType(String json, String other) {
    assertThat(ofBody("application/json", json)).isEqualTo(ofBody("application/json", other));
    assertThat(ofBody("", json)).isEqualTo(ofBody("", other));
    assertThat(ofBody("application/x-www-form-urlencoded", json))
        .isEqualTo(ofBody("application/problem+json; charset=utf-8", other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"amount\":42} | {\"amount\":43}",
        "{\"amount\":42} | {\"amount\":\"42\"}",
        "{\"amount\":null} | {}",
        "[1,2] | [2,1]",
        "{\"amount\":12345678901234567890} | {\"amount\":12345678901234567891}",
        "{\"amount\":0.1} | {\"amount\":0.1000000000000000000001}",
        "{\"amount\":1e400} | {\"amount\":1e401}",
        "{\"amount\":1,\"amount\":2} | {\"amount\":2}",
        "{\"amount\":1,\"amount\":2} | {\"amount\":3,\"amount\":2}",
        "{\"a\":\"\\ud800\"} | {\"a\":\"\\ud801\"}",
        "{\"a\":\"\\ud800\"} | {\"a\":\"?\"}",
        "{\"a\":1 | {\"a\":1}"
      })
  void otherJson_isAnotherPayload(String json, String other) {
    assertThat(ofBody("application/json", json)).isNotEqualTo(ofBody("application/json", other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain", "application/octet-stream"})
  void otherBodies_countWithTheirBytes(String type) {
    assertThat(ofBody(type, "1"))
        .isNotEqualTo(ofBody(type, "1.0"))
        .isNotEqualTo(ofBody(type, "1 "));
    assertThat(fingerprint(request("/", Map.of(), type, new byte[] {(byte) 0xff})))
        .isNotEqualTo(fingerprint(request("/", Map.of(), type, new byte[] {(byte) 0xfe})))
        .isNotEqualTo(ofBody(type, "\ufffd"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "Application/JSON;charset=UTF-8", "a/b+json"})
  void jsonScalar_ofAJsonType_countsInCanonicalForm(String type) {
    assertThat(ofBody(type, "1")).isEqualTo(ofBody(type, " 1.0 "));
  }

  @Test
  void bytesThatLookLikeTheirEncoding_areAnotherPayload() {
    String json = "{\"a\":1}";
    String base64 = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    assertThat(ofBody("", json)).isNotEqualTo(ofBody("", base64)).isNotEqualTo(ofBody("", " "));
  }
}
