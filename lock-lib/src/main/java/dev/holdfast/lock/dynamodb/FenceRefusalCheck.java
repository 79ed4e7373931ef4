package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.lock.FenceRefusedException.Reason;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Judges by the item that a refusal showed whether the fence was what refused. */
record FenceRefusalCheck(Fence fence, FenceMode mode) {

  /** Nothing where the fence was as required, so that the caller's own condition refused. */
  Optional<FenceRefusedException> refusal(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(fence.attribute());
    if (value == null) {
      return notAdvanced(
          item.isEmpty() ? "there is no item" : "the item has no " + quotedAttribute());
    }
    if (value.n() == null) {
      String observed =
          "the item's " + quotedAttribute() + " is of type " + value.type() + ", not N";
      return Optional.of(fence.refusal(Reason.INVALID_FENCE, observed));
    }
    return compare(new BigDecimal(value.n()));
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
    return mode == FenceMode.IF_CURRENT
        ? Optional.of(fence.refusal(Reason.NOT_ADVANCED, observed))
        : Optional.empty();
  }

  private String quotedAttribute() {
    return "'" + fence.attribute() + "'";
  }
}
