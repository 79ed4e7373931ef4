package dev.holdfast.lambda.internal.keys;

import dev.holdfast.lambda.error.InvalidEventException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one piece of work is about: the resource that it must have for itself, the event that it
 * must handle once, or both.
 *
 * @param resource the resource's id
 * @param event the event's id
 * @param payloadHash tells another payload under the same event id apart, where one is looked at
 */
public record WorkKey(
    Optional<String> resource, Optional<String> event, Optional<String> payloadHash) {

  public WorkKey {
    resource.ifPresent(id -> requireNonEmpty("resource id", id));
    event.ifPresent(id -> requireNonEmpty("event id", id));
    if (resource.isEmpty() && event.isEmpty()) {
      throw new InvalidEventException("work needs a resource id or an event id, got neither");
    }
  }

  public static WorkKey resource(@Nullable String id) {
    return new WorkKey(
        Optional.of(requireNonEmpty("resource id", id)), Optional.empty(), Optional.empty());
  }

  public static WorkKey event(@Nullable String id) {
    return new WorkKey(
        Optional.empty(), Optional.of(requireNonEmpty("event id", id)), Optional.empty());
  }

  public WorkKey withEvent(@Nullable String id) {
    return new WorkKey(resource, Optional.of(requireNonEmpty("event id", id)), payloadHash);
  }

  WorkKey withEvent(Optional<String> id) {
    return new WorkKey(resource, id, payloadHash);
  }

  public WorkKey withPayloadHash(String hash) {
    return new WorkKey(resource, event, Optional.of(hash));
  }

  public static String requireNonEmpty(String idKind, @Nullable String id) {
    if (id == null || id.isEmpty()) {
      throw new InvalidEventException(
          idKind
              + " must be a text of at least one character, got "
              + (id == null ? "null" : "an empty text")
              + ": see what the function or method that gives it finds in this event");
    }
    return id;
  }

  /** Whether a holder that says what it works on works on something else. */
  public boolean isDifferentEvent(Optional<String> holderEvent) {
    return event.isPresent() && holderEvent.isPresent() && !event.equals(holderEvent);
  }

  @Override
  public String toString() {
    String event = this.event.map(id -> " event " + id).orElse("");
    return (resource.map(id -> "resource " + id).orElse("") + event).strip();
  }
}
