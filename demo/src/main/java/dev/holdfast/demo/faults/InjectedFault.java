package dev.holdfast.demo.faults;

import dev.holdfast.demo.checker.LedgerEntry;
import java.time.Instant;

/**
 * What befell a sandbox in the middle of its work.
 *
 * @param subject what it worked on
 * @param startEntry the work that it had begun and not ended
 * @param startedAt when it was stopped
 * @param endedAt when it went on, or was gone
 */
public record InjectedFault(
    String subject, LedgerEntry startEntry, Instant startedAt, Instant endedAt) {

  /**
   * Whom it befell.
   *
   * @return the sandbox's name
   */
  public String environment() {
    return startEntry.environment();
  }
}
