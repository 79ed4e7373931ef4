package dev.holdfast.demo.workload;

import dev.holdfast.demo.format.TextFormat;
import java.time.Duration;

/**
 * One message of the plan: one step of one order.
 *
 * @param workItem the step and how long it takes
 * @param order the order's number
 * @param sendAt when it is sent, from the start of the run
 * @param redelivery whether the queue delivers it twice
 */
public record WorkloadMessage(
    WorkItem workItem, int order, Duration sendAt, Redelivery redelivery) {

  /**
   * The message's body.
   *
   * @return JSON text
   */
  public String body() {
    return TextFormat.format(
        "{\"order\":%d,\"step\":\"%s\",\"id\":\"%s\",\"takesMillis\":%d}",
        order, workItem.step(), workItem.id(), workItem.duration().toMillis());
  }

  /** How the queue delivers a message a second time, as an at-least-once queue may. */
  public enum Redelivery {
    /** Once, unless handling it fails. */
    NONE,
    /** Again while the first delivery is being handled. */
    DURING_PROCESSING,
    /** Again after the first delivery was handled: its deletion got lost. */
    AFTER_PROCESSING
  }
}
