package dev.holdfast.demo.plan;

import dev.holdfast.demo.words.Text;
import java.time.Duration;

/**
 * One message of the plan: one step of one order.
 *
 * @param work the step and how long it takes
 * @param order the order's number
 * @param sendAt when it is sent, from the start of the run
 * @param redelivery whether the queue delivers it twice
 */
public record PlannedMessage(PlannedWork work, int order, Duration sendAt, Redelivery redelivery) {

  /**
   * The message's body.
   *
   * @return JSON text
   */
  public String body() {
    return Text.of(
        "{\"order\":%d,\"step\":\"%s\",\"id\":\"%s\",\"takesMillis\":%d}",
        order, work.step(), work.id(), work.takes().toMillis());
  }
}
