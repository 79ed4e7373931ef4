package dev.holdfast.cdk;

import software.amazon.awscdk.services.sqs.IQueue;

/**
 * A queue in front of a locked function, and where its messages end that nobody could handle.
 *
 * @param queue send messages here
 * @param deadLetterQueue look here
 */
public record SourceQueue(IQueue queue, IQueue deadLetterQueue) {}
