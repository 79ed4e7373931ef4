package dev.holdfast.demo.cloud;

import dev.holdfast.demo.plan.PlannedMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends the planned messages, each at its time. */
public final class Producer {
  private final Queue queue;
  private final RunClock clock;
  private final AtomicInteger sent = new AtomicInteger();

  /**
   * Has sent nothing yet.
   *
   * @param queue where to send
   * @param clock the run's clock
   */
  public Producer(Queue queue, RunClock clock) {
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Starts sending.
   *
   * @param messages what to send, in order
   * @return completed when all is sent
   */
  public CompletableFuture<Void> start(List<PlannedMessage> messages) {
    return Background.run("producer", () -> send(messages));
  }

  /**
   * How far it has come.
   *
   * @return the number of messages sent
   */
  public int sent() {
    return sent.get();
  }

  private void send(List<PlannedMessage> messages) throws InterruptedException {
    for (PlannedMessage message : messages) {
      clock.waitFor(message.sendAt());
      queue.send(message.body());
      sent.incrementAndGet();
    }
  }
}
