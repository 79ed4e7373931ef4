package dev.holdfast.lambda.internal.json;

import dev.holdfast.lambda.error.InvalidEventException;

/**
 * Check that rejects a list of records without an event around it, as EventBridge Pipes sends. Its
 * records and its response format differ from those of an event source mapping.
 */
public final class BareListCheck {

  private BareListCheck() {}

  /**
   * Checks an event.
   *
   * @throws InvalidEventException if it is a JSON array
   */
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
