package dev.holdfast.testkit;

import static dev.holdfast.testkit.SampleRequests.number;
import static dev.holdfast.testkit.SampleRequests.row;
import static dev.holdfast.testkit.SampleRequests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Evaluates conditions on a row with n = 5, m = 10 and s = "five", without an attribute "none". */
class ConditionExpressionTest {
  private static final Map<String, AttributeValue> ROW = row("a", "n", 5, "m", 10, "s", "five");
  private static final Map<String, AttributeValue> VALUES =
      Map.of(
          ":four", number("4"),
          ":five", number("5.0"),
          ":ten", number("1e1"),
          ":text5", text("5"),
          ":fives", text("fives"),
          ":N", text("N"),
          ":S", text("S"),
          ":X", text("X"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attribute_exists(#n)",
        "attribute_not_exists(#none)",
        "attribute_type(#n, :N)",
        "attribute_type(#s, :S)",
        "#n = :five",
        "#n < #m",
        "#n <= :five AND #n >= :five",
        "#m > #n",
        "#s < :fives",
        "#n BETWEEN :four AND :ten",
        "#n IN (:four, :five)",
        "#n <> :text5",
        "#none <> :five",
        "#none <> #nil",
        "NOT #none = :five",
        "NOT #n > :text5",
        "not #n = :four and #n = :five",
        "#n = :four AND #n = :four OR #n = :five",
        "#n = :five OR #n = :four AND #n = :four",
        "NOT (#n = :four OR #n = :ten)",
      })
  void condition_isTrue(String condition) {
    assertThat(evaluate(condition)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attribute_exists(#none)",
        "attribute_not_exists(#n)",
        "attribute_type(#n, :S)",
        "attribute_type(#none, :S)",
        "#n = :four",
        "#n < #n2 OR #n > :ten",
        "#n = :text5",
        "#n < :text5",
        "#n >= :text5",
        "#none = :five",
        "#none < :five",
        "#none >= :five",
        "#none = #nil",
        "#none BETWEEN :four AND :ten",
        "#none IN (:five)",
        "NOT #none <> :five",
        "#n = :five AND NOT #n = :five",
        "(#n = :five OR #n = :four) AND #n = :four",
      })
  void condition_isFalse(String condition) {
    assertThat(evaluate(condition)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                    | The expression can not be empty;
          #n =                  | Syntax error; token: "<EOF>", near: "="
          #n == :five           | Syntax error; token: "=", near: "== :five"
          #n = :five)           | Syntax error; token: ")", near: ":five)"
          (#n = :five           | Syntax error; token: "<EOF>", near: ":five"
          #n = :five #m         | Syntax error; token: "#m", near: ":five #m"
          #n = 5                | Syntax error; token: "5", near: "= 5"
          #n IN ()              | Syntax error; token: ")", near: "()"
          ((#n = :five))        | The expression has redundant parentheses;
          attribute_type(#n)    | Incorrect number of operands for operator or function; operator or function: attribute_type, number of operands: 1
          attribute_type(#n, :four) | Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N
          attribute_type(#n, :X) | Invalid attribute type name found; type: X, valid types: {N,BS,
          exists(#n)            | Invalid function name; function: exists
          attribute_exists(:five) | Operator or function requires a document path; operator or function: attribute_exists
          """)
  void malformedCondition_failsWithServiceMessage(String condition, String message) {
    assertThatThrownBy(() -> evaluate(condition))
        .hasMessageContaining("Invalid ConditionExpression: " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#n.x = :five",
        "#n[0] = :five",
        "size(#n) = :five",
        "n = :five",
        "attribute_type(#n, #m)",
        "attribute_type(:S, :S)"
      })
  void unsupportedCondition_throwsUnsupportedOperation(String condition) {
    assertThatThrownBy(() -> evaluate(condition))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("the simulated table");
  }

  @Test
  void undefinedPlaceholder_failsValidation() {
    assertThatThrownBy(() -> check("#n = :five", Map.of(), VALUES))
        .hasMessageContaining("name used in the document path is not defined; attribute name: #n");
    assertThatThrownBy(() -> check("#n = :five", Map.of("#n", "n"), Map.of()))
        .hasMessageContaining("value used in expression is not defined; attribute value: :five");
  }

  @Test
  void unusedPlaceholder_failsValidation() {
    assertThatThrownBy(() -> check("attribute_exists(#n)", Map.of("#n", "n", "#m", "m"), Map.of()))
        .hasMessageContaining(
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#m}");
    assertThatThrownBy(
            () -> check("attribute_exists(#n)", Map.of("#n", "n"), Map.of(":v", text("v"))))
        .hasMessageContaining(
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9 | 5 | S  | upper bound to be greater than or equal to lower bound",
        "1 | x | S  | same data type for lower and upper bounds",
        "1 | 5 | ss | Invalid attribute type name found",
      })
  void invalidValues_afterValidOnes_failValidation(
      String low, String high, String type, String message) {
    ParsedCondition parsed =
        ConditionParser.parse("#n BETWEEN :low AND :high OR attribute_type(#n, :type)");
    Map<String, String> names = Map.of("#n", "n");
    parsed.check(new PlaceholderBindings(names, bounds("1", "5", "S")));
    parsed.check(new PlaceholderBindings(names, bounds("1", "5", "S")));

    assertThatThrownBy(() -> parsed.check(new PlaceholderBindings(names, bounds(low, high, type))))
        .hasMessageContaining(message);
    assertThatThrownBy(() -> parsed.check(new PlaceholderBindings(Map.of(), bounds("1", "5", "S"))))
        .hasMessageContaining("attribute name: #n");
  }

  private static Map<String, AttributeValue> bounds(String low, String high, String type) {
    AttributeValue upper = high.equals("x") ? text(high) : AttributeValue.fromN(high);
    return Map.of(":low", AttributeValue.fromN(low), ":high", upper, ":type", text(type));
  }

  private static void check(
      String condition, Map<String, String> names, Map<String, AttributeValue> values) {
    ConditionParser.parse(condition).check(new PlaceholderBindings(names, values));
  }

  private static boolean evaluate(String condition) {
    ParsedCondition parsed = ConditionParser.parse(condition);
    Map<String, String> names =
        parsed.names().stream().collect(Collectors.toMap(n -> n, n -> n.substring(1)));
    Map<String, AttributeValue> values =
        VALUES.keySet().stream()
            .filter(parsed.values()::contains)
            .collect(Collectors.toMap(v -> v, VALUES::get));
    var bindings = new PlaceholderBindings(names, values);
    parsed.check(bindings);
    return parsed.evaluate(ROW, bindings);
  }
}
