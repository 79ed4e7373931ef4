package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.lock.FenceRefusedException.Reason;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Judges by the item that a refusal showed whether the fence was what refused. */
record FenceSeen(Fence fence, FenceForm form) {

  /** Nothing where the fence was as required, so that the caller's own condition refused. */
  Optional<FenceRefusedException> refusal(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(fence.attribute());
    if (value == null) {
      return notRaised(item.isEmpty() ? "there is no item" : "the item has no " + named());
    }
    if (value.n() == null) {
      String seen = "the item's " + named() + " is of type " + value.type() + ", not N";
      return Optional.of(fence.refused(Reason.NOT_A_FENCE, seen));
    }
    return compared(new BigDecimal(value.n()));
  }

  private Optional<FenceRefusedException> compared(BigDecimal stands) {
    int order = stands.compareTo(BigDecimal.valueOf(fence.token().value()));
    String seen = "the item's " + named() + " is at " + stands.toPlainString();
    if (order > 0) {
      return Optional.of(fence.refused(Reason.NEWER_HOLDER, seen));
    }
    return order < 0 ? notRaised(seen) : Optional.empty();
  }

  private Optional<FenceRefusedException> notRaised(String seen) {
    return form == FenceForm.RAISED
        ? Optional.of(fence.refused(Reason.NOT_RAISED, seen))
        : Optional.empty();
  }

  private String named() {
    return "'" + fence.attribute() + "'";
  }
}
