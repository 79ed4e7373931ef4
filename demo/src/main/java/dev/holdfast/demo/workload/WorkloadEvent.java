package dev.holdfast.demo.workload;

import dev.holdfast.demo.format.TextFormat;
import java.time.Duration;

/**
 * One event of the plan, which the bus delivers twice.
 *
 * @param workItem the report that it asks for
 * @param firstDelivery when it is delivered, from the start of the run
 * @param secondDelivery when it is delivered once more, from the start of the run
 */
public record WorkloadEvent(WorkItem workItem, Duration firstDelivery, Duration secondDelivery) {

  /**
   * What the event says.
   *
   * @return its detail, as JSON text
   */
  public String detail() {
    return TextFormat.format(
        "{\"report\":\"%s\",\"takesMillis\":%d}", workItem.step(), workItem.duration().toMillis());
  }
}
