package dev.holdfast.demo.aws;

import dev.holdfast.demo.concurrent.BackgroundTasks;
import dev.holdfast.demo.concurrent.RunClock;
import dev.holdfast.demo.workload.WorkloadMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends the planned messages, each at its time. */
public final class MessageProducer {
  private final SqsQueue queue;
  private final RunClock clock;
  private final AtomicInteger sentCount = new AtomicInteger();

  /**
   * Has sent nothing yet.
   *
   * @param queue where to send
   * @param clock the run's clock
   */
  public MessageProducer(SqsQueue queue, RunClock clock) {
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Starts sending.
   *
   * @param messages what to send, in order
   * @return completed when all is sent
   */
  public CompletableFuture<Void> start(List<WorkloadMessage> messages) {
    return BackgroundTasks.run("producer", () -> send(messages));
  }

  /**
   * How far it has come.
   *
   * @return the number of messages sent
   */
  public int sentCount() {
    return sentCount.get();
  }

  private void send(List<WorkloadMessage> messages) throws InterruptedException {
    for (WorkloadMessage message : messages) {
      clock.sleepUntil(message.sendAt());
      queue.send(message.body());
      sentCount.incrementAndGet();
    }
  }
}
