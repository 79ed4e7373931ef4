package dev.holdfast.demo.workload;

import dev.holdfast.demo.format.TextFormat;
import java.time.Duration;

/**
 * One message of the workload: one step of one order.
 *
 * @param workItem the step and its duration
 * @param order the number of the order
 * @param sendAt the sending time, from the start of the run
 * @param redelivery whether the queue delivers the message twice
 */
public record WorkloadMessage(
    WorkItem workItem, int order, Duration sendAt, Redelivery redelivery) {

  /**
   * Returns the body of the message.
   *
   * @return JSON text
   */
  public String body() {
    return TextFormat.format(
        "{\"order\":%d,\"step\":\"%s\",\"id\":\"%s\",\"takesMillis\":%d}",
        order, workItem.step(), workItem.id(), workItem.duration().toMillis());
  }

  /** Kind of second delivery that an at-least-once queue makes. */
  public enum Redelivery {
    /** One delivery, unless processing fails. */
    NONE,
    /** A second delivery while the first one is in progress. */
    DURING_PROCESSING,
    /** A second delivery after the first one was processed and its deletion was lost. */
    AFTER_PROCESSING
  }
}
