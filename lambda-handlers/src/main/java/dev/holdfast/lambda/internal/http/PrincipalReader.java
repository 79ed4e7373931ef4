package dev.holdfast.lambda.internal.http;

import dev.holdfast.lambda.internal.keys.CompositeId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who the caller is, as an authorizer of API Gateway or a function URL found out. Headers say
 * nothing about it: anybody can send them.
 */
final class PrincipalReader {

  private PrincipalReader() {}

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

  /** A subject is unique for its issuer only. */
  private static Optional<String> fromClaims(HttpEventReader claims) {
    String subject = textOrEmpty(claims, "sub");
    return subject.isEmpty()
        ? Optional.empty()
        : Optional.of(CompositeId.join("jwt", textOrEmpty(claims, "iss"), subject));
  }

  private static Optional<String> fromId(String kind, String id) {
    return id.isEmpty() ? Optional.empty() : Optional.of(CompositeId.join(kind, id));
  }

  /** Authorizers of users' own may put anything there; only texts name somebody. */
  private static String textOrEmpty(HttpEventReader fields, String field) {
    return fields.json().path(field).isTextual() ? fields.text(field) : "";
  }
}
