package dev.holdfast.lambda;

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
record HandlerIds<E>(
    Pointers pointers,
    Function<? super E, String> resourceId,
    Function<? super E, Optional<String>> eventId) {

  Subject of(E event, Supplier<JsonNode> json) {
    String resource =
        pointers.resource().isPresent()
            ? pointers.resource().get().id(json.get())
            : resourceId.apply(event);
    Optional<String> id =
        pointers.event().isPresent()
            ? Optional.of(pointers.event().get().id(json.get()))
            : eventId.apply(event);
    return Subject.resource(resource).withEvent(id);
  }
}
