package dev.holdfast.lambda;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a request is about.
 *
 * @param ids where resource and idempotency key are
 * @param principal the handler's method
 */
record HttpIds(HandlerIds<HttpRequest> ids, Function<HttpRequest, Optional<String>> principal) {

  /**
   * The resource alone, or with the event that the key stands for.
   *
   * @throws InvalidEventException if an id is missing or makes no key: the caller's fault
   */
  Subject of(HttpEvent event, Gate gate) {
    Subject asked = ids.of(event.request(), event::readable);
    Subject subject = asked.event().isPresent() ? scoped(event.request(), asked) : asked;
    gate.ensureKeys(subject);
    return subject;
  }

  private Subject scoped(HttpRequest request, Subject asked) {
    String caller = principal.apply(request).orElseThrow(HttpIds::unknownCaller);
    String id = IdempotencyKey.scoped(request, caller, asked.event().orElseThrow());
    return asked.withEvent(id).withPayload(IdempotencyKey.payloadHash(request));
  }

  private static IllegalStateException unknownCaller() {
    return new IllegalStateException(
        "the trigger does not tell who the caller is, and an idempotency key belongs to one caller:"
            + " override principal, or put an authorizer before this function");
  }
}
