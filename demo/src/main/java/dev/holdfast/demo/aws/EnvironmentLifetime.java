package dev.holdfast.demo.aws;

import java.time.Instant;

/**
 * Period in which an execution environment could process events.
 *
 * @param name the name of the execution environment
 * @param readyAt the time at which its warm-up was complete
 * @param terminatedAt the time at which its process ended
 */
public record EnvironmentLifetime(String name, Instant readyAt, Instant terminatedAt) {}
