package dev.holdfast.lock.dynamodb;

import java.util.Locale;

/** What a fenced write may require of the fence that stands in the item. */
enum FenceMode {
  IF_CURRENT("%1$s = %2$s"),
  IF_NOT_NEWER("(attribute_not_exists(%1$s) OR %1$s <= %2$s)");

  private final String condition;

  FenceMode(String condition) {
    this.condition = condition;
  }

  String condition(String name, String value) {
    return String.format(Locale.ROOT, condition, name, value);
  }
}
