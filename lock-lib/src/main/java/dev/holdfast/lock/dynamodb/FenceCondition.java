package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.dynamodb.FenceRefusedException.Reason;
import dev.holdfast.lock.internal.text.LogText;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Condition of a write on the fence of its item, from {@link Fence#ifCurrent} or {@link
 * Fence#ifNotNewer}, as pieces of an expression. A fenced write has these pieces:
 *
 * <ul>
 *   <li>the {@link #condition}, alone or joined to your own condition by AND
 *   <li>the fence itself: a put contains it in its item ({@link #item}), an update sets it ({@link
 *       #assignment}), and a deletion or a condition check needs no more than the condition
 *   <li>the {@linkplain #names names} and {@linkplain #values values} of the placeholders
 *   <li>{@code ALL_OLD} for {@code returnValuesOnConditionCheckFailure}, so that {@link #refusal}
 *       can tell a refusal by the fence from a failure of your own condition
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class FenceCondition {

  /** Relation that the fence of the item must have to the token. */
  enum Mode {
    IF_CURRENT("%1$s = %2$s"),
    IF_NOT_NEWER("(attribute_not_exists(%1$s) OR %1$s <= %2$s)");

    private final String template;

    Mode(String template) {
      this.template = template;
    }
  }

  private final Fence fence;
  private final Mode mode;
  private final String name;
  private final String value;

  FenceCondition(Fence fence, Mode mode) {
    this.fence = fence;
    this.mode = mode;
    String placeholder = "holdfast_" + fence.attribute().replaceAll("[^A-Za-z0-9_]", "_");
    this.name = "#" + placeholder;
    this.value = ":" + placeholder;
  }

  /**
   * Returns the condition expression. It needs no parentheses where it is joined by AND.
   *
   * @return the condition, such as {@code #holdfast_fence = :holdfast_fence}
   */
  public String condition() {
    return String.format(Locale.ROOT, mode.template, name, value);
  }

  /**
   * Returns the assignment for the SET clause of an update. A write with {@link Fence#ifNotNewer}
   * must contain it; a write with {@link Fence#ifCurrent} may contain it.
   *
   * @return the assignment, such as {@code #holdfast_fence = :holdfast_fence}
   */
  public String assignment() {
    return name + " = " + value;
  }

  /**
   * Adds the fence's placeholder to expression attribute names.
   *
   * @param ownNames your own names; may be empty
   * @return your names and that of the fence
   * @throws IllegalArgumentException if your names contain the fence's placeholder
   */
  public Map<String, String> names(Map<String, String> ownNames) {
    return with(ownNames, name, fence.attribute());
  }

  /**
   * Adds the fence's placeholder to expression attribute values.
   *
   * @param ownValues your own values; may be empty
   * @return your values and that of the fence
   * @throws IllegalArgumentException if your values contain the fence's placeholder
   */
  public Map<String, AttributeValue> values(Map<String, AttributeValue> ownValues) {
    return with(ownValues, value, fence.value());
  }

  private static <T> Map<String, T> with(Map<String, T> own, String placeholder, T added) {
    Map<String, T> all = new HashMap<>(own);
    if (all.put(placeholder, added) != null) {
      throw new IllegalArgumentException(
          "placeholder "
              + LogText.quote(placeholder)
              + " belongs to the fence: choose another one");
    }
    return all;
  }

  /**
   * Adds the fence to the item of a put, which replaces the whole item.
   *
   * @param ownItem your own item; an older fence in it is replaced
   * @return the item with the fence
   */
  public Map<String, AttributeValue> item(Map<String, AttributeValue> ownItem) {
    Map<String, AttributeValue> fenced = new HashMap<>(ownItem);
    fenced.put(fence.attribute(), fence.value());
    return fenced;
  }

  /**
   * Runs one call of your client and converts a refusal by the fence.
   *
   * @param call sends a request with this condition
   * @param <T> result type of the call
   * @return the result of the call
   * @throws FenceRefusedException if the fence refused the write; nothing was written
   * @throws ConditionalCheckFailedException if your own condition failed
   */
  public <T> T send(Supplier<T> call) {
    try {
      return call.get();
    } catch (ConditionalCheckFailedException e) {
      throw refusal(e).<RuntimeException>map(refusal -> refusal).orElse(e);
    }
  }

  /**
   * Returns the refusal by the fence, if the fence caused the failure of a write.
   *
   * @param e the failure of a request with this condition and {@code ALL_OLD}
   * @return the refusal, or empty if your own condition failed
   */
  public Optional<FenceRefusedException> refusal(ConditionalCheckFailedException e) {
    return refusal(e.item());
  }

  /**
   * Returns the refusal by the fence, if the fence caused the cancellation of a transaction.
   *
   * @param reason the reason at the position of a part with this condition and {@code ALL_OLD}
   * @return the refusal, or empty if that part did not fail or your own condition failed
   */
  public Optional<FenceRefusedException> refusal(CancellationReason reason) {
    return Fence.isConditionFailure(reason) ? refusal(reason.item()) : Optional.empty();
  }

  private Optional<FenceRefusedException> refusal(Map<String, AttributeValue> item) {
    AttributeValue current = item.get(fence.attribute());
    if (current == null) {
      return notAdvanced(
          item.isEmpty()
              ? "there is no item, or the request did not ask for ALL_OLD"
              : "the item has no " + quotedAttribute());
    }
    if (current.n() == null) {
      String observed =
          "the item's " + quotedAttribute() + " is of type " + current.type() + ", not N";
      return Optional.of(fence.refusal(Reason.INVALID_FENCE, observed));
    }
    return compare(new BigDecimal(current.n()));
  }

  private Optional<FenceRefusedException> compare(BigDecimal current) {
    int order = current.compareTo(BigDecimal.valueOf(fence.token().value()));
    String observed = "the item's " + quotedAttribute() + " is at " + current.toPlainString();
    if (order > 0) {
      return Optional.of(fence.refusal(Reason.NEWER_HOLDER, observed));
    }
    return order < 0 ? notAdvanced(observed) : Optional.empty();
  }

  private Optional<FenceRefusedException> notAdvanced(String observed) {
    return mode == Mode.IF_CURRENT
        ? Optional.of(fence.refusal(Reason.NOT_ADVANCED, observed))
        : Optional.empty();
  }

  private String quotedAttribute() {
    return LogText.quote(fence.attribute());
  }

  @Override
  public String toString() {
    return "FenceCondition[" + LogText.escape(condition()) + ", " + fence + "]";
  }
}
