package dev.holdfast.demo.cloud;

import java.time.Instant;

/**
 * From when to when a sandbox could work.
 *
 * @param name the sandbox's name
 * @param ready when it was warm
 * @param end when its process ended
 */
public record SandboxLife(String name, Instant ready, Instant end) {}
