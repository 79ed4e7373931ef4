package dev.holdfast.lambda;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.keys.CompositeId;
import dev.holdfast.lambda.internal.keys.PayloadFingerprint;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lock.PayloadMismatchException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Functions that return the ids of an event's work. Immutable; as thread-safe as the functions.
 *
 * <p>Work with the same resource id does not run at the same time; all users of the table share
 * resource ids. Work with the same event id runs once; event ids belong to one consumer.
 *
 * @param <E> the type of the event or message
 */
public final class Ids<E> {
  private final Optional<Function<? super E, String>> resource;
  private final Optional<Function<? super E, String>> event;
  private final Optional<Function<? super E, ?>> payload;

  private Ids(
      Optional<Function<? super E, String>> resource,
      Optional<Function<? super E, String>> event,
      Optional<Function<? super E, ?>> payload) {
    this.resource = resource;
    this.event = event;
    this.payload = payload;
  }

  /**
   * Returns the ids of work on a resource, which runs one at a time.
   *
   * @param resourceId returns the resource id, neither null nor empty
   * @param <E> the type of the event or message
   * @return the ids
   */
  public static <E> Ids<E> ofResource(Function<? super E, String> resourceId) {
    Objects.requireNonNull(resourceId, "resourceId");
    return new Ids<>(Optional.of(resourceId), Optional.empty(), Optional.empty());
  }

  /**
   * Returns the ids of work on an event without a resource, which runs once. It costs one row and
   * two writes.
   *
   * @param eventId returns the event id, the same at each delivery, neither null nor empty
   * @param <E> the type of the event or message
   * @return the ids
   */
  public static <E> Ids<E> ofEvent(Function<? super E, String> eventId) {
    Objects.requireNonNull(eventId, "eventId");
    return new Ids<>(Optional.empty(), Optional.of(eventId), Optional.empty());
  }

  /**
   * Adds an event id, so that the work runs once for each event.
   *
   * @param eventId returns the event id, the same at each delivery, neither null nor empty
   * @return changed ids
   */
  public Ids<E> andEvent(Function<? super E, String> eventId) {
    Objects.requireNonNull(eventId, "eventId");
    return new Ids<>(resource, Optional.of(eventId), payload);
  }

  /**
   * Adds a payload, which an event id stands for. If an event is completed, another event with the
   * same id and another payload receives a {@link PayloadMismatchException}. The idempotency record
   * has a hash of the payload only. A payload without an event id is refused when the ids are used.
   *
   * @param payload returns the part of an event that is the same at each delivery: a record or
   *     another class, a map, a list, a text, a number or null, which are compared by their JSON;
   *     or {@code byte[]}, which is compared as JSON if it is JSON. White space, the order of
   *     members and the notation of numbers in JSON do not count.
   * @return changed ids
   */
  public Ids<E> andPayload(Function<? super E, ?> payload) {
    Objects.requireNonNull(payload, "payload");
    return new Ids<>(resource, event, Optional.of(payload));
  }

  /** Takes the whole event as its payload unless there is another payload. */
  Ids<E> orWholeEventAsPayload() {
    return payload.isPresent() ? this : andPayload(value -> value);
  }

  /**
   * Composes an id of several parts. Different lists of parts have different ids: {@code
   * Ids.of("order", 17)} is {@code order:17#5,2}, as for the values of several joined pointers.
   *
   * @param kind the first part, such as the kind of the resource
   * @param parts the other parts: texts, numbers, booleans, enums, UUIDs, dates and times
   * @return the id
   * @throws InvalidEventException if a part is null or empty; the message says which part
   * @throws IllegalArgumentException if a part has another type, whose text may not identify it
   */
  public static String of(String kind, @Nullable Object... parts) {
    return CompositeId.ofParts(kind, parts);
  }

  /** Checks that there is an event id. */
  Ids<E> requireEvent() {
    if (event.isEmpty()) {
      throw new IllegalArgumentException(
          "ids must include an event id, got only a resource id: add Ids.andEvent, or call the"
              + " guard with the resource id alone");
    }
    return this;
  }

  /** Checks that a payload has the event id that it belongs to. */
  void requireEventOfPayload() {
    if (payload.isPresent() && event.isEmpty()) {
      throw new IllegalArgumentException(
          "payload must belong to an event id, got only a resource id: add Ids.andEvent, or remove"
              + " Ids.andPayload");
    }
  }

  WorkKey workKey(E value) {
    if (resource.isEmpty()) {
      return withPayload(WorkKey.event(event.orElseThrow().apply(value)), value);
    }
    WorkKey workKey = WorkKey.resource(resource.orElseThrow().apply(value));
    return event.isEmpty()
        ? workKey
        : withPayload(workKey.withEvent(event.orElseThrow().apply(value)), value);
  }

  private WorkKey withPayload(WorkKey workKey, E value) {
    return payload.isEmpty()
        ? workKey
        : workKey.withPayload(PayloadFingerprint.of(payload.orElseThrow().apply(value)));
  }

  boolean isEventOnly() {
    return resource.isEmpty();
  }
}
