package dev.holdfast.lock.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.FencingToken;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class FencedExpressionsTest {
  private static final Fence FENCE = Fence.of("order-1", new FencingToken(42));
  private static final String RAISED = "#holdfast_fence = :holdfast_fence";

  @Test
  void alone_itIsTheFencesConditionWithItsPlaceholders() {
    FenceExpression raised = FENCE.raised().expression();
    assertThat(raised.condition()).isEqualTo(RAISED);
    assertThat(raised.assignment()).isEqualTo(RAISED);
    assertThat(raised.names()).isEqualTo(Map.of("#holdfast_fence", "fence"));
    assertThat(raised.values()).isEqualTo(Map.of(":holdfast_fence", AttributeValue.fromN("42")));
    assertThat(FENCE.blind().expression().condition())
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
  void aConditionWithoutAnOuterOr_isJoinedAsItIs(String own) {
    assertThat(joined(own)).isEqualTo(RAISED + " AND " + own);
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
  void aConditionWithAnOuterOr_getsParentheses(String own) {
    assertThat(joined(own)).isEqualTo(RAISED + " AND (" + own + ")");
  }

  private static String joined(String own) {
    return new FencedExpressions(own, Map.of(), Map.of()).with(FenceForm.RAISED, FENCE).condition();
  }

  @Test
  void placeholdersThatTheCallerUses_areLeftAlone() {
    Map<String, String> names = Map.of("#holdfast_fence", "mine", "#holdfast_fence2", "mine too");
    Map<String, AttributeValue> values = Map.of(":holdfast_fence", AttributeValue.fromS("mine"));

    FenceExpression joined =
        new FencedExpressions(null, names, values).with(FenceForm.RAISED, FENCE);

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
  void anAssignment_goesIntoTheOneSetClause(String own, String joined) {
    assertThat(FencedExpressions.assigning("#f = :f", own)).isEqualTo(joined);
  }

  @Test
  void anAssignment_withoutAnUpdate_isTheWholeUpdate() {
    assertThat(FencedExpressions.assigning("#f = :f", null)).isEqualTo("SET #f = :f");
  }
}
