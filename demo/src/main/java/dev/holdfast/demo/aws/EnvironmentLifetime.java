package dev.holdfast.demo.aws;

import java.time.Instant;

/**
 * From when to when a sandbox could work.
 *
 * @param name the sandbox's name
 * @param readyAt when it was warm
 * @param terminatedAt when its process ended
 */
public record EnvironmentLifetime(String name, Instant readyAt, Instant terminatedAt) {}
