package dev.holdfast.demo.cloud;

import dev.holdfast.demo.judge.Entry;
import java.time.Instant;

/**
 * What befell a sandbox in the middle of its work.
 *
 * @param subject what it worked on
 * @param begin the work that it had begun and not ended
 * @param from when it was stopped
 * @param to when it went on, or was gone
 */
public record Mishap(String subject, Entry begin, Instant from, Instant to) {

  /**
   * Whom it befell.
   *
   * @return the sandbox's name
   */
  public String sandbox() {
    return begin.sandbox();
  }
}
