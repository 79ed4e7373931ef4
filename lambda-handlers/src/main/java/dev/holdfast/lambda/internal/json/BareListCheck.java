package dev.holdfast.lambda.internal.json;

import dev.holdfast.lambda.error.InvalidEventException;

/**
 * A list of records without an event around it, as EventBridge Pipes sends. Its records differ from
 * those of an event source mapping, and so does what it makes of an answer.
 */
public final class BareListCheck {

  private BareListCheck() {}

  public static void ensureNotArray(byte[] json, String description) {
    int start = 0;
    while (start < json.length && json[start] <= ' ' && json[start] >= 0) {
      start++;
    }
    if (start < json.length && json[start] == '[') {
      throw new InvalidEventException(
          "event must be "
              + description
              + ", got a bare list, as EventBridge Pipes sends: use an event source mapping, a"
              + " rule, or a LockedHandler that reads the list");
    }
  }
}
