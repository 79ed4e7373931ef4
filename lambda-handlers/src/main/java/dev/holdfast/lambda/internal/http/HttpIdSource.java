package dev.holdfast.lambda.internal.http;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.PayloadFingerprint;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.model.HttpRequest;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Source of a request's ids. An idempotency key is valid for one caller, method and route.
 *
 * @param idSource the source of the resource id and of the idempotency key
 * @param principal the handler's method that returns the caller
 * @param payload the handler's method that returns the payload
 * @param keyRequired the handler's method that returns whether a request must have a key
 */
public record HttpIdSource(
    IdSource<HttpRequest> idSource,
    Function<HttpRequest, Optional<String>> principal,
    Function<HttpRequest, Optional<Object>> payload,
    Predicate<HttpRequest> keyRequired) {

  /**
   * Returns the ids of a request: the resource, and the event if there is an idempotency key.
   *
   * @throws InvalidEventException if the caller sent no id, or one that forms no valid key
   */
  public WorkKey workKey(HttpEvent event, WorkGuard workGuard) {
    IdSource<HttpRequest> source = isWithoutKey(event) ? idSource.withoutEventId() : idSource;
    WorkKey unscoped = source.workKey(event.request(), event::jsonWithTextBody);
    WorkKey workKey =
        unscoped.event().isPresent() ? scopeToCaller(event.request(), unscoped) : unscoped;
    workGuard.validateKeys(workKey);
    return workKey;
  }

  /** Returns whether the pointer to the key finds none in a request that needs none. */
  private boolean isWithoutKey(HttpEvent event) {
    return idSource
        .pointers()
        .eventId()
        .filter(pointer -> !keyRequired.test(event.request()))
        .filter(pointer -> pointer.isMissing(event.jsonWithTextBody()))
        .isPresent();
  }

  private WorkKey scopeToCaller(HttpRequest request, WorkKey unscoped) {
    String caller =
        IdSource.requireOptional("principal", principal.apply(request))
            .orElseThrow(HttpIdSource::missingPrincipal);
    String id = IdempotencyKey.scopeToCaller(request, caller, unscoped.event().orElseThrow());
    WorkKey workKey = unscoped.withEvent(id);
    return IdSource.requireOptional("payload", payload.apply(request))
        .map(PayloadFingerprint::of)
        .map(workKey::withPayload)
        .orElse(workKey);
  }

  private static IllegalStateException missingPrincipal() {
    return new IllegalStateException(
        "an idempotency key needs an authenticated caller, got none from the trigger: override"
            + " principal, or add an authorizer to the API");
  }
}
