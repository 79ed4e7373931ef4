package dev.holdfast.cdk;

import software.amazon.awscdk.services.sqs.IQueue;

/** Event source queue of a locked function, with its dead-letter queue. */
public final class SourceQueue {

  private final IQueue queue;
  private final IQueue deadLetterQueue;

  /**
   * Creates the pair, for example for the alarms of queues that the app creates itself.
   *
   * @param queue the queue that receives the messages
   * @param deadLetterQueue the queue that receives the messages that failed in all attempts
   */
  public SourceQueue(IQueue queue, IQueue deadLetterQueue) {
    this.queue = queue;
    this.deadLetterQueue = deadLetterQueue;
  }

  /**
   * Returns the queue that receives the messages.
   *
   * @return the queue
   */
  public IQueue getQueue() {
    return queue;
  }

  /**
   * Returns the queue that receives the messages that failed in all attempts.
   *
   * @return the queue
   */
  public IQueue getDeadLetterQueue() {
    return deadLetterQueue;
  }
}
