package dev.holdfast.lambda.internal.keys;

import dev.holdfast.lambda.error.InvalidEventException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ids of one piece of work: the resource that it locks, the event that it deduplicates, or both.
 *
 * @param resource the resource id
 * @param event the event id
 * @param payloadHash the hash of the payload, to detect another payload under the same event id
 */
public record WorkKey(
    Optional<String> resource, Optional<String> event, Optional<String> payloadHash) {

  public WorkKey {
    resource.ifPresent(id -> requireNonEmpty("resource id", id));
    event.ifPresent(id -> requireNonEmpty("event id", id));
    if (resource.isEmpty() && event.isEmpty()) {
      throw new InvalidEventException("work must have a resource id or an event id, got neither");
    }
  }

  /** Returns the key of work on a resource. */
  public static WorkKey resource(@Nullable String id) {
    return new WorkKey(
        Optional.of(requireNonEmpty("resource id", id)), Optional.empty(), Optional.empty());
  }

  /** Returns the key of work on an event. */
  public static WorkKey event(@Nullable String id) {
    return new WorkKey(
        Optional.empty(), Optional.of(requireNonEmpty("event id", id)), Optional.empty());
  }

  /** Returns a copy with an event id. */
  public WorkKey withEvent(@Nullable String id) {
    return new WorkKey(resource, Optional.of(requireNonEmpty("event id", id)), payloadHash);
  }

  WorkKey withEvent(Optional<String> id) {
    return new WorkKey(resource, id, payloadHash);
  }

  /** Returns a copy with the fingerprint of the payload. */
  public WorkKey withPayload(String fingerprint) {
    return new WorkKey(resource, event, Optional.of(fingerprint));
  }

  /**
   * Returns an id.
   *
   * @throws InvalidEventException if it is null or empty
   */
  public static String requireNonEmpty(String idKind, @Nullable String id) {
    if (id == null || id.isEmpty()) {
      throw new InvalidEventException(
          idKind
              + " must have at least one character, got "
              + (id == null ? "null" : "an empty text")
              + ": check the function or method that returns it for this event");
    }
    return id;
  }

  /** Returns whether the holder works on another event than this work; false if it names none. */
  public boolean isDifferentEvent(Optional<String> holderEvent) {
    return event.isPresent() && holderEvent.isPresent() && !event.equals(holderEvent);
  }

  @Override
  public String toString() {
    String event = this.event.map(id -> " event " + id).orElse("");
    return (resource.map(id -> "resource " + id).orElse("") + event).strip();
  }
}
