package dev.holdfast.cdk;

import software.amazon.awscdk.services.sqs.IQueue;

/**
 * Event source queue of a locked function, with its dead-letter queue.
 *
 * @param queue the queue that receives the messages
 * @param deadLetterQueue the queue that receives the messages that failed in all attempts
 */
public record SourceQueue(IQueue queue, IQueue deadLetterQueue) {}
