package dev.holdfast.lambda;

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
record Subject(Optional<String> resource, Optional<String> event, Optional<String> payloadHash) {

  Subject {
    resource.ifPresent(id -> present("resource id", id));
    event.ifPresent(id -> present("event id", id));
    if (resource.isEmpty() && event.isEmpty()) {
      throw new InvalidEventException("work needs a resource id or an event id, got neither");
    }
  }

  static Subject resource(@Nullable String id) {
    return new Subject(Optional.of(present("resource id", id)), Optional.empty(), Optional.empty());
  }

  static Subject event(@Nullable String id) {
    return new Subject(Optional.empty(), Optional.of(present("event id", id)), Optional.empty());
  }

  Subject withEvent(@Nullable String id) {
    return new Subject(resource, Optional.of(present("event id", id)), payloadHash);
  }

  Subject withEvent(Optional<String> id) {
    return new Subject(resource, id, payloadHash);
  }

  Subject withPayload(String hash) {
    return new Subject(resource, event, Optional.of(hash));
  }

  static String present(String what, @Nullable String id) {
    if (id == null || id.isEmpty()) {
      throw new InvalidEventException(
          what
              + " must be a text of at least one character, got "
              + (id == null ? "null" : "an empty text")
              + ": see what the function or method that gives it finds in this event");
    }
    return id;
  }

  /** Whether a holder that says what it works on works on something else. */
  boolean isAnotherThan(Optional<String> holdersEvent) {
    return event.isPresent() && holdersEvent.isPresent() && !event.equals(holdersEvent);
  }

  @Override
  public String toString() {
    String event = this.event.map(id -> " event " + id).orElse("");
    return (resource.map(id -> "resource " + id).orElse("") + event).strip();
  }
}
