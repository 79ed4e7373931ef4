package dev.holdfast.lock.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.FencingToken;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class FenceExpressionsTest {
  private static final Fence FENCE = Fence.of("order-1", new FencingToken(42));
  private static final String IF_CURRENT = "#holdfast_fence = :holdfast_fence";

  @Test
  void fenceAlone_isItsConditionWithItsPlaceholders() {
    FenceExpression raised = FENCE.ifCurrent().expression();
    assertThat(raised.condition()).isEqualTo(IF_CURRENT);
    assertThat(raised.assignment()).isEqualTo(IF_CURRENT);
    assertThat(raised.names()).isEqualTo(Map.of("#holdfast_fence", "fence"));
    assertThat(raised.values()).isEqualTo(Map.of(":holdfast_fence", AttributeValue.fromN("42")));
    assertThat(FENCE.ifNotNewer().expression().condition())
        .isEqualTo("(attribute_not_exists(#holdfast_fence) OR #holdfast_fence <= :holdfast_fence)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#a = :a",
        "#a = :a AND NOT #b = :b",
        "(#a = :a OR #b = :b)",
        "#a = :a AND (#b = :b or #c = :c)",
        "#a BETWEEN :a AND :b",
        "attribute_exists(#or)",
        "#or = :or",
        "order_total = :a",
        "a.or = :a",
      })
  void conditionWithoutTopLevelOr_isJoinedUnchanged(String callerCondition) {
    assertThat(joinedCondition(callerCondition)).isEqualTo(IF_CURRENT + " AND " + callerCondition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#a = :a OR #b = :b",
        "#a = :a or #b = :b",
        "(#a = :a) Or (#b = :b)",
        "#a IN (:a, :b) OR (#b = :b AND (#c = :c OR #d = :d))",
        "(#a = :a)OR(#b = :b)",
      })
  void conditionWithTopLevelOr_isParenthesized(String callerCondition) {
    assertThat(joinedCondition(callerCondition))
        .isEqualTo(IF_CURRENT + " AND (" + callerCondition + ")");
  }

  private static String joinedCondition(String callerCondition) {
    return new FenceExpressions(callerCondition, Map.of(), Map.of())
        .join(FenceMode.IF_CURRENT, FENCE)
        .condition();
  }

  @Test
  void placeholdersOfTheCaller_areNotReused() {
    Map<String, String> names = Map.of("#holdfast_fence", "mine", "#holdfast_fence2", "mine too");
    Map<String, AttributeValue> values = Map.of(":holdfast_fence", AttributeValue.fromS("mine"));

    FenceExpression joined =
        new FenceExpressions(null, names, values).join(FenceMode.IF_CURRENT, FENCE);

    assertThat(joined.condition()).isEqualTo("#holdfast_fence3 = :holdfast_fence2");
    assertThat(joined.names())
        .containsAllEntriesOf(names)
        .containsEntry("#holdfast_fence3", "fence");
    assertThat(joined.values())
        .containsAllEntriesOf(values)
        .containsEntry(":holdfast_fence2", AttributeValue.fromN("42"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET #a = :a                 | SET #f = :f, #a = :a",
        "set #a = :a REMOVE #b       | set #f = :f, #a = :a REMOVE #b",
        "REMOVE #b SET #a = :a       | REMOVE #b SET #f = :f, #a = :a",
        "REMOVE #set, #b             | SET #f = :f REMOVE #set, #b",
        "ADD #a :set DELETE #b :b    | SET #f = :f ADD #a :set DELETE #b :b",
        "REMOVE a.set, asset, set_2  | SET #f = :f REMOVE a.set, asset, set_2",
      })
  void assignment_isAddedToTheSetClause(String callerUpdate, String joined) {
    assertThat(FenceExpressions.addAssignment("#f = :f", callerUpdate)).isEqualTo(joined);
  }

  @Test
  void assignment_withoutUpdateExpression_isTheWholeExpression() {
    assertThat(FenceExpressions.addAssignment("#f = :f", null)).isEqualTo("SET #f = :f");
  }
}
