package dev.holdfast.lambda;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a handler without code for it finds its ids.
 *
 * @param resource where the resource's id stands
 * @param event where the event's id stands
 */
record Pointers(Optional<EventPointer> resource, Optional<EventPointer> event) {
  static final Pointers NONE = new Pointers(Optional.empty(), Optional.empty());

  /**
   * Refuses a handler that says itself what the environment says, too.
   *
   * @param handler the handler's class
   * @param base the class of ours that it extends
   */
  void ensureNotTwice(Class<?> handler, Class<?> base) {
    resource.ifPresent(pointer -> refuseOverridden("resourceId", handler, base, pointer));
    event.ifPresent(pointer -> refuseOverridden("eventId", handler, base, pointer));
  }

  /** Refuses a handler for whose trigger there is no resource id unless it is given. */
  void ensureResource(Class<?> handler, Class<?> base) {
    if (resource.isEmpty() && !isOverridden("resourceId", handler, base)) {
      throw new IllegalStateException(
          handler.getName()
              + " does not say what must not be worked on at the same time: override resourceId, or"
              + " set environment variable "
              + Environment.RESOURCE_ID
              + " to a JSON Pointer into the event and use Guard.fromEnvironment");
    }
  }

  static IllegalStateException noDefault() {
    return new IllegalStateException(
        "there is no resource id by default here: override resourceId without a call of super");
  }

  private static void refuseOverridden(
      String method, Class<?> handler, Class<?> base, EventPointer pointer) {
    if (isOverridden(method, handler, base)) {
      throw new IllegalStateException(
          handler.getName()
              + " overrides "
              + method
              + ", and environment variable "
              + pointer.variable()
              + " is set, too: drop one of them");
    }
  }

  private static boolean isOverridden(String method, Class<?> handler, Class<?> base) {
    Class<?> type = handler;
    while (type != base) {
      if (Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> overrides(m, method))) {
        return true;
      }
      type = type.getSuperclass();
    }
    return false;
  }

  private static boolean overrides(Method declared, String method) {
    return declared.getName().equals(method) && declared.getParameterCount() == 1;
  }
}
