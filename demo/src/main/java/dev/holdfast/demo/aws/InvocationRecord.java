package dev.holdfast.demo.aws;

import java.time.Instant;

/**
 * One invocation of a function: a batch of messages or an event.
 *
 * @param environment where it ran
 * @param startedAt when the sandbox got it
 * @param endedAt when its answer came, or none came any more
 * @param batchSize how many messages or events were in it
 */
public record InvocationRecord(
    String environment, Instant startedAt, Instant endedAt, int batchSize) {}
