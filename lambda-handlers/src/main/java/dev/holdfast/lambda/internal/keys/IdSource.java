package dev.holdfast.lambda.internal.keys;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Source of a handler's ids: the pointers of the environment, or else the handler's methods.
 *
 * @param pointers the pointers into the event's JSON
 * @param resourceId the handler's method for the resource id
 * @param eventId the handler's method for the event id; it returns nothing if the event is not
 *     deduplicated
 * @param ignored the handler's method for events that carry no work
 * @param <E> the type of the event
 */
public record IdSource<E>(
    IdPointers pointers,
    Function<? super E, String> resourceId,
    Function<? super E, Optional<String>> eventId,
    Predicate<? super E> ignored) {

  /** Creates a source for events that all carry work. */
  public IdSource(
      IdPointers pointers,
      Function<? super E, String> resourceId,
      Function<? super E, Optional<String>> eventId) {
    this(pointers, resourceId, eventId, event -> false);
  }

  /** Returns a copy with the handler's method for events that carry no work. */
  public IdSource<E> ignoring(Predicate<? super E> isIgnored) {
    return new IdSource<>(pointers, resourceId, eventId, isIgnored);
  }

  public boolean isIgnored(E event) {
    return ignored.test(event);
  }

  /** Returns a copy for an event without an event id. */
  public IdSource<E> withoutEventId() {
    return new IdSource<>(
        new IdPointers(pointers.resourceId(), Optional.empty()),
        resourceId,
        event -> Optional.empty(),
        ignored);
  }

  /** Checks the result of a handler's method, which code without null checks may leave null. */
  public static <T> Optional<T> requireOptional(String method, Optional<T> result) {
    return Objects.requireNonNull(
        result, () -> method + " must return an Optional, got null: return Optional.empty()");
  }

  /**
   * Returns the ids of an event.
   *
   * @param json the event's JSON, which is parsed only if there is a pointer
   */
  public WorkKey workKey(E event, Supplier<JsonNode> json) {
    String resource =
        pointers.resourceId().isPresent()
            ? pointers.resourceId().get().readId(json.get())
            : resourceId.apply(event);
    Optional<String> id =
        pointers.eventId().isPresent()
            ? Optional.of(pointers.eventId().get().readId(json.get()))
            : requireOptional("eventId", eventId.apply(event));
    return WorkKey.resource(resource).withEvent(id);
  }
}
