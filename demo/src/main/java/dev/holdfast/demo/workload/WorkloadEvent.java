package dev.holdfast.demo.workload;

import dev.holdfast.demo.format.TextFormat;
import java.time.Duration;

/**
 * One event of the workload; the event bus delivers it twice.
 *
 * @param workItem the requested report
 * @param firstDelivery the time of the first delivery, from the start of the run
 * @param secondDelivery the time of the second delivery, from the start of the run
 */
public record WorkloadEvent(WorkItem workItem, Duration firstDelivery, Duration secondDelivery) {

  /**
   * Returns the detail of the event.
   *
   * @return JSON text
   */
  public String detail() {
    return TextFormat.format(
        "{\"report\":\"%s\",\"takesMillis\":%d}", workItem.step(), workItem.duration().toMillis());
  }
}
