package dev.holdfast.testkit.contract;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attributes that nobody should overwrite: but for one flaw each, they are those of a row that is
 * free for the taking.
 *
 * @param flaw what is wrong, for people
 * @param attributes beside the key
 */
record ForeignRow(String flaw, Map<String, AttributeValue> attributes) {
  private static final String DIGITS_38 = "9".repeat(38);

  private static final Map<String, AttributeValue> FREE =
      Map.of(
          "format", number("1"),
          "state", text("FREE"),
          "nonce", text("n"),
          "token", number("1"),
          "version", number("0"),
          "lease_ms", number("10000"),
          "expires_at", number("0"),
          "holder", text("somebody"),
          "acquired_at", number("0"));

  private static final List<String> NUMBERS =
      List.of("token", "version", "lease_ms", "expires_at", "acquired_at", "skew_ms", "ttl");
  private static final List<String> TEXTS =
      List.of("state", "nonce", "holder", "event", "payload_hash");

  /** Every kind of row that is not ours to touch. */
  static Stream<ForeignRow> all() {
    return Stream.of(foreign(), halfWritten(), ofAnotherFormat(), absurd(), ofAnotherType())
        .flatMap(rows -> rows);
  }

  private static Stream<ForeignRow> foreign() {
    return Stream.of(
        new ForeignRow("another program's item", Map.of("price", number("5"))),
        new ForeignRow("the key alone", Map.of()),
        new ForeignRow("empty texts", Map.of("state", text(""), "nonce", text(""))));
  }

  private static Stream<ForeignRow> halfWritten() {
    return FREE.keySet().stream().sorted().map(ForeignRow::without);
  }

  private static Stream<ForeignRow> ofAnotherFormat() {
    return Stream.of("0", "2", "-1", "1.5", DIGITS_38)
        .map(format -> free("format", number(format)));
  }

  private static Stream<ForeignRow> absurd() {
    return Stream.concat(
        NUMBERS.stream()
            .flatMap(
                name ->
                    Stream.of("-1", DIGITS_38, "-" + DIGITS_38)
                        .map(value -> free(name, number(value)))),
        Stream.of(
            free("expires_at", number("253402300800000")),
            free("acquired_at", number("253402300800000")),
            free("lease_ms", number("0")),
            free("lease_ms", number("999")),
            free("lease_ms", number("86400001")),
            free("token", number("4611686018427387904")),
            free("version", number("9223372036854775807")),
            free("state", text("")),
            free("state", text("free"))));
  }

  private static Stream<ForeignRow> ofAnotherType() {
    AttributeValue list = AttributeValue.fromL(List.of(number("1")));
    return Stream.of(
            NUMBERS.stream().map(name -> free(name, text("1"))),
            TEXTS.stream().map(name -> free(name, number("1"))),
            TEXTS.stream()
                .map(name -> free(name, AttributeValue.fromB(SdkBytes.fromUtf8String("FREE")))),
            Stream.of("format", "token", "nonce", "result").map(name -> free(name, list)),
            Stream.of("holder", "expires_at").map(name -> free(name, AttributeValue.fromNul(true))),
            Stream.of(free("format", text("1")), free("result", number("1"))))
        .flatMap(rows -> rows)
        .sorted(Comparator.comparing(ForeignRow::flaw));
  }

  private static ForeignRow without(String attribute) {
    Map<String, AttributeValue> attributes = new HashMap<>(FREE);
    attributes.remove(attribute);
    return new ForeignRow("no " + attribute, Map.copyOf(attributes));
  }

  private static ForeignRow free(String attribute, AttributeValue value) {
    Map<String, AttributeValue> attributes = new HashMap<>(FREE);
    attributes.put(attribute, value);
    return new ForeignRow(attribute + " " + value, Map.copyOf(attributes));
  }

  /** A row that is free for the taking, to show that the others are refused for their flaw. */
  static ForeignRow flawless() {
    return new ForeignRow("none", FREE);
  }

  Map<String, AttributeValue> under(String name) {
    Map<String, AttributeValue> row = new HashMap<>(attributes);
    row.put("resource_id", text(name));
    return row;
  }

  @Override
  public String toString() {
    return flaw;
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue number(String value) {
    return AttributeValue.fromN(value);
  }
}
