package dev.holdfast.lambda.internal.http;

import dev.holdfast.lambda.internal.keys.CompositeId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reader of the caller that an authorizer of API Gateway or the IAM of a function URL
 * authenticated. Headers do not count, because every client can send them.
 */
final class PrincipalReader {

  private PrincipalReader() {}

  /** Returns the caller of an event; empty if the event has none. */
  static Optional<String> read(HttpEventReader context) {
    HttpEventReader authorizer = context.child("authorizer");
    return Stream.of(
            fromClaims(authorizer.child("jwt").child("claims")),
            fromClaims(authorizer.child("claims")),
            fromId("iam", authorizer.child("iam").text("userArn")),
            fromId("iam", context.child("identity").text("userArn")),
            fromId("principal", textOrEmpty(authorizer, "principalId")))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A subject is unique per issuer, so the id has both. */
  private static Optional<String> fromClaims(HttpEventReader claims) {
    String subject = textOrEmpty(claims, "sub");
    return subject.isEmpty()
        ? Optional.empty()
        : Optional.of(CompositeId.join("jwt", textOrEmpty(claims, "iss"), subject));
  }

  private static Optional<String> fromId(String kind, String id) {
    return id.isEmpty() ? Optional.empty() : Optional.of(CompositeId.join(kind, id));
  }

  /** A Lambda authorizer may return any JSON; only strings count. */
  private static String textOrEmpty(HttpEventReader fields, String field) {
    return fields.json().path(field).isTextual() ? fields.text(field) : "";
  }
}
