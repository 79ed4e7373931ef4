package dev.holdfast.lambda;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who the caller is, as an authorizer of API Gateway or a function URL found out. Headers say
 * nothing about it: anybody can send them.
 */
final class HttpPrincipal {

  private HttpPrincipal() {}

  static Optional<String> of(HttpFields context) {
    HttpFields authorizer = context.at("authorizer");
    return Stream.of(
            token(authorizer.at("jwt").at("claims")),
            token(authorizer.at("claims")),
            one("iam", authorizer.at("iam").text("userArn")),
            one("iam", context.at("identity").text("userArn")),
            one("principal", scalar(authorizer, "principalId")))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A subject is unique for its issuer only. */
  private static Optional<String> token(HttpFields claims) {
    String subject = scalar(claims, "sub");
    return subject.isEmpty()
        ? Optional.empty()
        : Optional.of(Parts.joined("jwt", scalar(claims, "iss"), subject));
  }

  private static Optional<String> one(String kind, String id) {
    return id.isEmpty() ? Optional.empty() : Optional.of(Parts.joined(kind, id));
  }

  /** Authorizers of users' own may put anything there; only texts name somebody. */
  private static String scalar(HttpFields fields, String field) {
    return fields.json().path(field).isTextual() ? fields.text(field) : "";
  }
}
