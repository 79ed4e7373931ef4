package dev.holdfast.demo.aws;

import java.time.Instant;

/**
 * One invocation of a function with a batch of messages or an event.
 *
 * @param environment the name of the execution environment
 * @param startedAt the time at which the execution environment received the event
 * @param endedAt the time at which the invocation returned or failed
 * @param batchSize the number of messages or events
 */
public record InvocationRecord(
    String environment, Instant startedAt, Instant endedAt, int batchSize) {}
