package dev.holdfast.demo.cloud;

import dev.holdfast.demo.judge.Attempt;
import java.time.Instant;

/**
 * What befell a sandbox in the middle of its work.
 *
 * @param victim the work that it had begun and not ended
 * @param from when it was stopped
 * @param to when it went on, or was gone
 */
public record Mishap(Attempt victim, Instant from, Instant to) {

  /**
   * Whom it befell.
   *
   * @return the sandbox's name
   */
  public String sandbox() {
    return victim.sandbox();
  }
}
