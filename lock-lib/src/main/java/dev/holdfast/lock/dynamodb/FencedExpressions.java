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
record FencedExpressions(
    @Nullable String condition, Map<String, String> names, Map<String, AttributeValue> values) {
  private static final String NAME = "#holdfast_fence";
  private static final String VALUE = ":holdfast_fence";

  /** A word that is no placeholder, no part of one, and no part of a path; or a parenthesis. */
  private static final Pattern WORD_OR_PARENTHESIS =
      Pattern.compile("(?<![#:.\\w])[A-Za-z]\\w*|[()]");

  static final FencedExpressions NONE = new FencedExpressions(null, Map.of(), Map.of());

  static FencedExpressions of(PutItemRequest put) {
    return new FencedExpressions(
        put.conditionExpression(), put.expressionAttributeNames(), put.expressionAttributeValues());
  }

  static FencedExpressions of(UpdateItemRequest update) {
    return new FencedExpressions(
        update.conditionExpression(),
        update.expressionAttributeNames(),
        update.expressionAttributeValues());
  }

  static FencedExpressions of(DeleteItemRequest deletion) {
    return new FencedExpressions(
        deletion.conditionExpression(),
        deletion.expressionAttributeNames(),
        deletion.expressionAttributeValues());
  }

  static FencedExpressions of(Put put) {
    return new FencedExpressions(
        put.conditionExpression(), put.expressionAttributeNames(), put.expressionAttributeValues());
  }

  static FencedExpressions of(Update update) {
    return new FencedExpressions(
        update.conditionExpression(),
        update.expressionAttributeNames(),
        update.expressionAttributeValues());
  }

  static FencedExpressions of(Delete deletion) {
    return new FencedExpressions(
        deletion.conditionExpression(),
        deletion.expressionAttributeNames(),
        deletion.expressionAttributeValues());
  }

  static FencedExpressions of(ConditionCheck check) {
    return new FencedExpressions(
        check.conditionExpression(),
        check.expressionAttributeNames(),
        check.expressionAttributeValues());
  }

  FenceExpression with(FenceForm form, Fence fence) {
    String name = free(NAME, names.keySet());
    String value = free(VALUE, values.keySet());
    Map<String, String> allNames = new HashMap<>(names);
    allNames.put(name, fence.attribute());
    Map<String, AttributeValue> allValues = new HashMap<>(values);
    allValues.put(value, fence.value());
    return new FenceExpression(
        and(form.condition(name, value)), name + " = " + value, allNames, allValues);
  }

  private static String free(String placeholder, Set<String> taken) {
    return IntStream.rangeClosed(1, taken.size() + 1)
        .mapToObj(i -> i == 1 ? placeholder : placeholder + i)
        .filter(candidate -> !taken.contains(candidate))
        .findFirst()
        .orElseThrow();
  }

  private String and(String fenced) {
    if (condition == null) {
      return fenced;
    }
    return fenced + " AND " + (hasOuterOr(condition) ? "(" + condition + ")" : condition);
  }

  private static boolean hasOuterOr(String condition) {
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
  static String assigning(String assignment, @Nullable String update) {
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
