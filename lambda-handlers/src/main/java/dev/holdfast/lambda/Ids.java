package dev.holdfast.lambda;

import dev.holdfast.lambda.internal.keys.WorkKey;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the ids of a piece of work are found in its event. Immutable; as thread-safe as its
 * functions.
 *
 * <p>The resource id says what must not be worked on at the same time; everyone who uses the table
 * shares it. The event id says what must not be worked on again; it belongs to one consumer.
 *
 * @param <E> the event or message
 */
public final class Ids<E> {
  private final Optional<Function<? super E, String>> resource;
  private final Optional<Function<? super E, String>> event;

  private Ids(
      Optional<Function<? super E, String>> resource, Optional<Function<? super E, String>> event) {
    this.resource = resource;
    this.event = event;
  }

  /**
   * Work on a resource, one at a time.
   *
   * @param resourceId gives the resource's id, neither null nor empty
   * @param <E> the event or message
   * @return these ids
   */
  public static <E> Ids<E> ofResource(Function<? super E, String> resourceId) {
    Objects.requireNonNull(resourceId, "resourceId");
    return new Ids<>(Optional.of(resourceId), Optional.empty());
  }

  /**
   * Work on an event, once, whatever else goes on: one row and two writes.
   *
   * @param eventId gives the event's id, the same at each delivery, neither null nor empty
   * @param <E> the event or message
   * @return these ids
   */
  public static <E> Ids<E> ofEvent(Function<? super E, String> eventId) {
    Objects.requireNonNull(eventId, "eventId");
    return new Ids<>(Optional.empty(), Optional.of(eventId));
  }

  /**
   * The same work, once for each event.
   *
   * @param eventId gives the event's id, the same at each delivery, neither null nor empty
   * @return changed ids
   */
  public Ids<E> andEvent(Function<? super E, String> eventId) {
    Objects.requireNonNull(eventId, "eventId");
    return new Ids<>(resource, Optional.of(eventId));
  }

  WorkKey workKey(E value) {
    if (resource.isEmpty()) {
      return WorkKey.event(event.orElseThrow().apply(value));
    }
    WorkKey workKey = WorkKey.resource(resource.orElseThrow().apply(value));
    return event.isEmpty() ? workKey : workKey.withEvent(event.orElseThrow().apply(value));
  }

  boolean isEventOnly() {
    return resource.isEmpty();
  }
}
