package dev.holdfast.lock.dynamodb;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A caller's expressions, joined to a fence's. DynamoDB refuses doubled parentheses, so the
 * caller's condition gets a pair only where an OR stands outside of all of its own.
 *
 * @param condition the caller's; null where there is none
 * @param names the caller's
 * @param values the caller's
 */
record FenceExpressions(
    @Nullable String condition, Map<String, String> names, Map<String, AttributeValue> values) {
  private static final String NAME_PLACEHOLDER = "#holdfast_fence";
  private static final String VALUE_PLACEHOLDER = ":holdfast_fence";

  /** A word that is no placeholder, no part of one, and no part of a path; or a parenthesis. */
  private static final Pattern WORD_OR_PARENTHESIS =
      Pattern.compile("(?<![#:.\\w])[A-Za-z]\\w*|[()]");

  static final FenceExpressions NONE = new FenceExpressions(null, Map.of(), Map.of());

  static FenceExpressions of(PutItemRequest put) {
    return new FenceExpressions(
        put.conditionExpression(), put.expressionAttributeNames(), put.expressionAttributeValues());
  }

  static FenceExpressions of(UpdateItemRequest update) {
    return new FenceExpressions(
        update.conditionExpression(),
        update.expressionAttributeNames(),
        update.expressionAttributeValues());
  }

  static FenceExpressions of(DeleteItemRequest deletion) {
    return new FenceExpressions(
        deletion.conditionExpression(),
        deletion.expressionAttributeNames(),
        deletion.expressionAttributeValues());
  }

  static FenceExpressions of(Put put) {
    return new FenceExpressions(
        put.conditionExpression(), put.expressionAttributeNames(), put.expressionAttributeValues());
  }

  static FenceExpressions of(Update update) {
    return new FenceExpressions(
        update.conditionExpression(),
        update.expressionAttributeNames(),
        update.expressionAttributeValues());
  }

  static FenceExpressions of(Delete deletion) {
    return new FenceExpressions(
        deletion.conditionExpression(),
        deletion.expressionAttributeNames(),
        deletion.expressionAttributeValues());
  }

  static FenceExpressions of(ConditionCheck check) {
    return new FenceExpressions(
        check.conditionExpression(),
        check.expressionAttributeNames(),
        check.expressionAttributeValues());
  }

  FenceExpression join(FenceMode mode, Fence fence) {
    String name = unusedPlaceholder(NAME_PLACEHOLDER, names.keySet());
    String value = unusedPlaceholder(VALUE_PLACEHOLDER, values.keySet());
    Map<String, String> allNames = new HashMap<>(names);
    allNames.put(name, fence.attribute());
    Map<String, AttributeValue> allValues = new HashMap<>(values);
    allValues.put(value, fence.value());
    return new FenceExpression(
        andCondition(mode.condition(name, value)), name + " = " + value, allNames, allValues);
  }

  private static String unusedPlaceholder(String placeholder, Set<String> taken) {
    return IntStream.rangeClosed(1, taken.size() + 1)
        .mapToObj(i -> i == 1 ? placeholder : placeholder + i)
        .filter(candidate -> !taken.contains(candidate))
        .findFirst()
        .orElseThrow();
  }

  private String andCondition(String fenceCondition) {
    if (condition == null) {
      return fenceCondition;
    }
    return fenceCondition
        + " AND "
        + (hasTopLevelOr(condition) ? "(" + condition + ")" : condition);
  }

  private static boolean hasTopLevelOr(String condition) {
    int depth = 0;
    Matcher token = WORD_OR_PARENTHESIS.matcher(condition);
    while (token.find()) {
      switch (token.group()) {
        case "(" -> depth++;
        case ")" -> depth--;
        default -> {
          if (depth == 0 && token.group().equalsIgnoreCase("OR")) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** An update expression has one SET clause at most, so an assignment goes into the caller's. */
  static String addAssignment(String assignment, @Nullable String update) {
    if (update == null) {
      return "SET " + assignment;
    }
    Matcher token = WORD_OR_PARENTHESIS.matcher(update);
    while (token.find()) {
      if (token.group().equalsIgnoreCase("SET")) {
        int afterSet = token.end();
        return update.substring(0, afterSet) + " " + assignment + "," + update.substring(afterSet);
      }
    }
    return "SET " + assignment + " " + update;
  }
}
