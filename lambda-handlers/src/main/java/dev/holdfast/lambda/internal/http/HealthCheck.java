package dev.holdfast.lambda.internal.http;

import dev.holdfast.lambda.model.HttpRequest;
import java.util.Set;
import java.util.stream.Stream;

/** Health checks of load balancers and of Route 53, which read nothing and change nothing. */
public final class HealthCheck {
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private HealthCheck() {}

  /** Returns whether the user agent of a reading request is that of a health check. */
  public static boolean isHealthCheck(HttpRequest request) {
    return METHODS.contains(request.method())
        && request.header("user-agent").stream()
            .anyMatch(
                agent ->
                    Stream.of("ELB-HealthChecker/", "Amazon-Route53-Health-Check-Service")
                        .anyMatch(agent::startsWith));
  }
}
