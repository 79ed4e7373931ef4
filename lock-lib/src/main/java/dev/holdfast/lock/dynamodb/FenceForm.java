package dev.holdfast.lock.dynamodb;

import java.util.Locale;

/** What a fenced write may require of the fence that stands in the item. */
enum FenceForm {
  RAISED("%1$s = %2$s"),
  BLIND("(attribute_not_exists(%1$s) OR %1$s <= %2$s)");

  private final String condition;

  FenceForm(String condition) {
    this.condition = condition;
  }

  String condition(String name, String value) {
    return String.format(Locale.ROOT, condition, name, value);
  }
}
