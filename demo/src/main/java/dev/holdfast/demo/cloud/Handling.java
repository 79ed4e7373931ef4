package dev.holdfast.demo.cloud;

import java.time.Instant;

/**
 * One invocation of a function: a batch of messages or an event.
 *
 * @param sandbox where it ran
 * @param from when the sandbox got it
 * @param to when its answer came, or none came any more
 * @param deliveries how many messages or events were in it
 */
public record Handling(String sandbox, Instant from, Instant to, int deliveries) {}
