package dev.holdfast.lock.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The pieces of a fenced write, for requests that are put together elsewhere, as those of the
 * enhanced client. Ask for {@code ALL_OLD} in case of a refusal, or {@link FenceCondition#refusal}
 * cannot tell whose condition failed.
 *
 * @param condition to be joined to other conditions by AND, as it is, without further parentheses
 * @param assignment {@code name = value}, for the SET clause of an update; a write by {@link
 *     Fence#ifNotNewer} must carry it, one by {@link Fence#ifCurrent} need not
 * @param names what the {@code #} placeholders stand for
 * @param values what the {@code :} placeholders stand for
 */
public record FenceExpression(
    String condition,
    String assignment,
    Map<String, String> names,
    Map<String, AttributeValue> values) {

  /** Copies the maps. */
  public FenceExpression {
    names = Map.copyOf(names);
    values = Map.copyOf(values);
  }
}
