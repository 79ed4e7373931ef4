package dev.holdfast.lambda.internal.keys;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where a handler's ids come from: pointers where they are set, else its methods.
 *
 * @param pointers into the event's JSON, which is read only where there are any
 * @param resourceId the handler's method
 * @param eventId the handler's method; empty where nothing is remembered
 * @param <E> the event
 */
public record IdSource<E>(
    IdPointers pointers,
    Function<? super E, String> resourceId,
    Function<? super E, Optional<String>> eventId) {

  public WorkKey workKey(E event, Supplier<JsonNode> json) {
    String resource =
        pointers.resourceId().isPresent()
            ? pointers.resourceId().get().readId(json.get())
            : resourceId.apply(event);
    Optional<String> id =
        pointers.eventId().isPresent()
            ? Optional.of(pointers.eventId().get().readId(json.get()))
            : eventId.apply(event);
    return WorkKey.resource(resource).withEvent(id);
  }
}
