package dev.holdfast.lambda.internal.http;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.model.HttpRequest;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a request is about.
 *
 * @param idSource where resource and idempotency key are
 * @param principal the handler's method
 */
public record HttpIdSource(
    IdSource<HttpRequest> idSource, Function<HttpRequest, Optional<String>> principal) {

  /**
   * The resource alone, or with the event that the key stands for.
   *
   * @throws InvalidEventException if an id is missing or makes no key: the caller's fault
   */
  public WorkKey workKey(HttpEvent event, WorkGuard workGuard) {
    WorkKey unscoped = idSource.workKey(event.request(), event::jsonWithTextBody);
    WorkKey workKey =
        unscoped.event().isPresent() ? scopeToCaller(event.request(), unscoped) : unscoped;
    workGuard.validateKeys(workKey);
    return workKey;
  }

  private WorkKey scopeToCaller(HttpRequest request, WorkKey unscoped) {
    String caller = principal.apply(request).orElseThrow(HttpIdSource::missingPrincipal);
    String id = IdempotencyKey.scopeToCaller(request, caller, unscoped.event().orElseThrow());
    return unscoped.withEvent(id).withPayloadHash(IdempotencyKey.payloadHash(request));
  }

  private static IllegalStateException missingPrincipal() {
    return new IllegalStateException(
        "the trigger does not tell who the caller is, and an idempotency key belongs to one caller:"
            + " override principal, or put an authorizer before this function");
  }
}
