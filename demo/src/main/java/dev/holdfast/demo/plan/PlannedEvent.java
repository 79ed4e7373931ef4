package dev.holdfast.demo.plan;

import dev.holdfast.demo.words.Text;
import java.time.Duration;

/**
 * One event of the plan, which the bus delivers twice.
 *
 * @param work the report that it asks for
 * @param first when it is delivered, from the start of the run
 * @param again when it is delivered once more, from the start of the run
 */
public record PlannedEvent(PlannedWork work, Duration first, Duration again) {

  /**
   * What the event says.
   *
   * @return its detail, as JSON text
   */
  public String detail() {
    return Text.of("{\"report\":\"%s\",\"takesMillis\":%d}", work.step(), work.takes().toMillis());
  }
}
