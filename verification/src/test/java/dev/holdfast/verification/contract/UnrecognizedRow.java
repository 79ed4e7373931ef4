package dev.holdfast.verification.contract;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attributes of a row that the lock must not overwrite. Without its single flaw, the row would be
 * free.
 *
 * @param flaw the flaw, for the test report
 * @param attributes the attributes without the key
 */
record UnrecognizedRow(String flaw, Map<String, AttributeValue> attributes) {
  private static final String LARGEST_NUMBER = "9".repeat(38);

  private static final Map<String, AttributeValue> FREE_ROW =
      Map.of(
          "format", number("1"),
          "state", string("FREE"),
          "nonce", string("n"),
          "token", number("1"),
          "version", number("0"),
          "lease_ms", number("10000"),
          "expires_at", number("0"),
          "holder", string("other"),
          "acquired_at", number("0"));

  private static final List<String> NUMBER_ATTRIBUTES =
      List.of("token", "version", "lease_ms", "expires_at", "acquired_at", "skew_ms", "ttl");
  private static final List<String> STRING_ATTRIBUTES =
      List.of("state", "nonce", "holder", "event", "payload_hash");

  /** Returns every kind of row that the lock must not change. */
  static Stream<UnrecognizedRow> all() {
    return Stream.of(
            unrelatedItems(),
            incompleteRows(),
            otherFormats(),
            valuesOutOfRange(),
            valuesOfOtherTypes())
        .flatMap(rows -> rows);
  }

  /**
   * Returns rows that are spread evenly over all kinds.
   *
   * @param count the number of rows; all of them where it is larger
   */
  static Stream<UnrecognizedRow> sample(int count) {
    List<UnrecognizedRow> rows = all().toList();
    int size = Math.min(count, rows.size());
    return IntStream.range(0, size).mapToObj(i -> rows.get(i * rows.size() / size));
  }

  private static Stream<UnrecognizedRow> unrelatedItems() {
    return Stream.of(
        new UnrecognizedRow("another program's item", Map.of("price", number("5"))),
        new UnrecognizedRow("the key alone", Map.of()),
        new UnrecognizedRow("empty texts", Map.of("state", string(""), "nonce", string(""))));
  }

  private static Stream<UnrecognizedRow> incompleteRows() {
    return FREE_ROW.keySet().stream().sorted().map(UnrecognizedRow::withoutAttribute);
  }

  private static Stream<UnrecognizedRow> otherFormats() {
    return Stream.of("0", "2", "-1", "1.5", LARGEST_NUMBER)
        .map(format -> withAttribute("format", number(format)));
  }

  private static Stream<UnrecognizedRow> valuesOutOfRange() {
    return Stream.concat(
        NUMBER_ATTRIBUTES.stream()
            .flatMap(
                name ->
                    Stream.of("-1", LARGEST_NUMBER, "-" + LARGEST_NUMBER)
                        .map(value -> withAttribute(name, number(value)))),
        Stream.of(
            withAttribute("expires_at", number("253402300800000")),
            withAttribute("acquired_at", number("253402300800000")),
            withAttribute("lease_ms", number("0")),
            withAttribute("lease_ms", number("999")),
            withAttribute("lease_ms", number("86400001")),
            withAttribute("token", number("253402300800000000")),
            withAttribute("token", number("4611686018427387902")),
            withAttribute("token", number("4611686018427387903")),
            withAttribute("token", number("4611686018427387904")),
            withAttribute("version", number("9223372036854775807")),
            withAttribute("state", string("")),
            withAttribute("state", string("free"))));
  }

  private static Stream<UnrecognizedRow> valuesOfOtherTypes() {
    AttributeValue list = AttributeValue.fromL(List.of(number("1")));
    return Stream.of(
            NUMBER_ATTRIBUTES.stream().map(name -> withAttribute(name, string("1"))),
            STRING_ATTRIBUTES.stream().map(name -> withAttribute(name, number("1"))),
            STRING_ATTRIBUTES.stream()
                .map(
                    name ->
                        withAttribute(name, AttributeValue.fromB(SdkBytes.fromUtf8String("FREE")))),
            Stream.of("format", "token", "nonce", "result").map(name -> withAttribute(name, list)),
            Stream.of("holder", "expires_at")
                .map(name -> withAttribute(name, AttributeValue.fromNul(true))),
            Stream.of(withAttribute("format", string("1")), withAttribute("result", number("1"))))
        .flatMap(rows -> rows)
        .sorted(Comparator.comparing(UnrecognizedRow::flaw));
  }

  private static UnrecognizedRow withoutAttribute(String attribute) {
    Map<String, AttributeValue> attributes = new HashMap<>(FREE_ROW);
    attributes.remove(attribute);
    return new UnrecognizedRow("no " + attribute, Map.copyOf(attributes));
  }

  private static UnrecognizedRow withAttribute(String attribute, AttributeValue value) {
    Map<String, AttributeValue> attributes = new HashMap<>(FREE_ROW);
    attributes.put(attribute, value);
    return new UnrecognizedRow(attribute + " " + value, Map.copyOf(attributes));
  }

  /** Returns a free row, which shows that the other rows are rejected for their flaw. */
  static UnrecognizedRow valid() {
    return new UnrecognizedRow("none", FREE_ROW);
  }

  Map<String, AttributeValue> withKey(String name) {
    Map<String, AttributeValue> row = new HashMap<>(attributes);
    row.put("resource_id", string(name));
    return row;
  }

  @Override
  public String toString() {
    return flaw;
  }

  private static AttributeValue string(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue number(String value) {
    return AttributeValue.fromN(value);
  }
}
