package dev.holdfast.lambda.internal.keys;

import java.util.Optional;

/**
 * Id pointers of a function's environment. An id that has a pointer is read from the event's JSON,
 * and the handler's method for it is not called.
 *
 * @param resourceId the pointer to the resource id
 * @param eventId the pointer to the event id
 */
public record IdPointers(Optional<IdPointer> resourceId, Optional<IdPointer> eventId) {
  /** Environment variable with the pointer to the resource id. */
  public static final String RESOURCE_ID_VARIABLE = "HOLDFAST_RESOURCE_ID";

  /** Environment variable with the pointer to the event id. */
  public static final String EVENT_ID_VARIABLE = "HOLDFAST_EVENT_ID";

  static final IdPointers NONE = new IdPointers(Optional.empty(), Optional.empty());

  /** Returns the error of a handler without a resource id, from its method or from a pointer. */
  public static IllegalStateException missingResourceId() {
    return new IllegalStateException(
        "handler has no resource id: override resourceId without a call to super, or set"
            + " environment variable "
            + RESOURCE_ID_VARIABLE
            + " to a JSON Pointer into the event and use Guard.fromEnvironment");
  }
}
