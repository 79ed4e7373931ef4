package dev.holdfast.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Generates writes with random rows and conditions over few names and values, so that they often
 * conflict.
 */
final class RandomWriteGenerator {
  private static final List<String> ATTRIBUTES = List.of("a", "b", "c", "d");
  private static final List<String> OPERATORS = List.of("=", "<>", "<", "<=", ">", ">=");
  private static final List<String> TYPES =
      List.of("S", "N", "B", "SS", "NS", "BS", "L", "M", "BOOL", "NULL");
  private static final int MAX_DEPTH = 3;

  private final Random random;
  private final Map<String, AttributeValue> values = new HashMap<>();

  RandomWriteGenerator(long seed) {
    this.random = new Random(seed);
  }

  PutItemRequest nextPut() {
    String condition = randomCondition();
    Map<String, AttributeValue> item = new HashMap<>(key());
    ATTRIBUTES.stream().filter(a -> oneIn(2)).forEach(a -> item.put(a, value()));
    return PutItemRequest.builder()
        .tableName("locks")
        .item(item)
        .conditionExpression(condition)
        .expressionAttributeNames(names(condition))
        .expressionAttributeValues(values.isEmpty() ? null : Map.copyOf(values))
        .returnValues(ReturnValue.ALL_OLD)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  DeleteItemRequest nextDelete() {
    String condition = randomCondition();
    return DeleteItemRequest.builder()
        .tableName("locks")
        .key(key())
        .conditionExpression(condition)
        .expressionAttributeNames(names(condition))
        .expressionAttributeValues(values.isEmpty() ? null : Map.copyOf(values))
        .returnValues(ReturnValue.ALL_OLD)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private Map<String, AttributeValue> key() {
    return Map.of("resource_id", AttributeValue.fromS("row-" + random.nextInt(3)));
  }

  private String randomCondition() {
    values.clear();
    String condition = condition(MAX_DEPTH);
    return oneIn(60) ? corrupt(condition) : condition;
  }

  /** Corrupts a condition so that DynamoDB rejects it; each kind of error has its own message. */
  private String corrupt(String condition) {
    return switch (random.nextInt(5)) {
      case 0 -> condition + " AND";
      case 1 -> "((" + condition + "))";
      case 2 -> condition + " AND #a = :undefined";
      case 3 -> condition + " AND #undefined = #a";
      default -> condition + " AND exists(#a)";
    };
  }

  private @Nullable Map<String, String> names(String condition) {
    Map<String, String> names =
        ATTRIBUTES.stream()
            .filter(a -> condition.contains("#" + a) || oneIn(200))
            .collect(Collectors.toMap(a -> "#" + a, a -> a));
    return names.isEmpty() ? null : names;
  }

  private String condition(int depth) {
    int kind = random.nextInt(depth == 0 ? 5 : 9);
    return switch (kind) {
      case 0 -> "attribute_exists(" + attribute() + ")";
      case 1 -> "attribute_not_exists(" + attribute() + ")";
      case 2, 3 -> comparison();
      case 4 -> "attribute_type(" + attribute() + ", " + type() + ")";
      case 5 -> randomCaseKeyword("NOT ") + condition(depth - 1);
      case 6 -> "(" + condition(depth - 1) + randomCaseKeyword(" OR ") + condition(depth - 1) + ")";
      case 7 -> condition(depth - 1) + randomCaseKeyword(" OR ") + condition(depth - 1);
      default -> condition(depth - 1) + randomCaseKeyword(" AND ") + condition(depth - 1);
    };
  }

  private String randomCaseKeyword(String upper) {
    return oneIn(5) ? upper.toLowerCase(java.util.Locale.ROOT) : upper;
  }

  private String comparison() {
    return switch (random.nextInt(6)) {
      case 0 ->
          operand()
              + randomCaseKeyword(" BETWEEN ")
              + operand()
              + randomCaseKeyword(" AND ")
              + operand();
      case 1 -> operand() + randomCaseKeyword(" IN ") + operands();
      default -> operand() + " " + pick(OPERATORS) + " " + operand();
    };
  }

  private String operands() {
    return IntStream.rangeClosed(0, random.nextInt(3))
        .mapToObj(i -> operand())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private String operand() {
    return oneIn(2) ? attribute() : placeholder();
  }

  private String attribute() {
    return "#" + pick(ATTRIBUTES);
  }

  private String placeholder() {
    String placeholder = ":v" + values.size();
    values.put(placeholder, oneIn(8) ? value() : scalar());
    return placeholder;
  }

  private String type() {
    String placeholder = ":v" + values.size();
    AttributeValue other = AttributeValue.fromN("1");
    values.put(placeholder, oneIn(60) ? other : AttributeValue.fromS(pick(TYPES)));
    return placeholder;
  }

  private AttributeValue value() {
    return switch (random.nextInt(12)) {
      case 0 -> AttributeValue.fromBool(oneIn(2));
      case 1 -> AttributeValue.fromNul(true);
      case 2 -> AttributeValue.fromSs(randomSubset("x", "y", "z"));
      case 3 -> AttributeValue.fromNs(randomSubset("1", "2", "3"));
      case 4 -> AttributeValue.fromL(List.of(scalar()));
      case 5 -> AttributeValue.fromM(Map.of("k", scalar()));
      default -> scalar();
    };
  }

  private AttributeValue scalar() {
    return switch (random.nextInt(5)) {
      case 0 ->
          AttributeValue.fromS(pick(List.of("", "1", "a", "B", "ä", "\uD83D\uDE00", "\uFFFD")));
      case 1 -> AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) random.nextInt()}));
      default -> AttributeValue.fromN(pick(List.of("1", "01.0", "-1", "2", "1e3", "1000", "0.10")));
    };
  }

  private List<String> randomSubset(String... all) {
    List<String> subset = new ArrayList<>(Stream.of(all).filter(s -> oneIn(2)).toList());
    return subset.isEmpty() ? List.of(all) : subset;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
