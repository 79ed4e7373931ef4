package dev.holdfast.lambda.internal.keys;

import dev.holdfast.lambda.FunctionEnvironment;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a handler without code for it finds its ids.
 *
 * @param resourceId where the resource's id stands
 * @param eventId where the event's id stands
 */
public record IdPointers(Optional<IdPointer> resourceId, Optional<IdPointer> eventId) {
  static final IdPointers NONE = new IdPointers(Optional.empty(), Optional.empty());

  /**
   * Refuses a handler that says itself what the environment says, too.
   *
   * @param handler the handler's class
   * @param base the class of ours that it extends
   */
  public void ensureNotOverridden(Class<?> handler, Class<?> base) {
    resourceId.ifPresent(pointer -> rejectOverridden("resourceId", handler, base, pointer));
    eventId.ifPresent(pointer -> rejectOverridden("eventId", handler, base, pointer));
  }

  /** Refuses a handler for whose trigger there is no resource id unless it is given. */
  public void ensureResourceId(Class<?> handler, Class<?> base) {
    if (resourceId.isEmpty() && !isOverridden("resourceId", handler, base)) {
      throw new IllegalStateException(
          handler.getName()
              + " does not say what must not be worked on at the same time: override resourceId, or"
              + " set environment variable "
              + FunctionEnvironment.RESOURCE_ID_VARIABLE
              + " to a JSON Pointer into the event and use Guard.fromEnvironment");
    }
  }

  public static IllegalStateException noDefaultResourceId() {
    return new IllegalStateException(
        "there is no resource id by default here: override resourceId without a call of super");
  }

  private static void rejectOverridden(
      String method, Class<?> handler, Class<?> base, IdPointer pointer) {
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
      if (Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> isOverrideOf(m, method))) {
        return true;
      }
      type = type.getSuperclass();
    }
    return false;
  }

  private static boolean isOverrideOf(Method declared, String method) {
    return declared.getName().equals(method) && declared.getParameterCount() == 1;
  }
}
