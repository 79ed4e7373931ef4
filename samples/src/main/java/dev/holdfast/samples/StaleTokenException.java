package dev.holdfast.samples;

import dev.holdfast.lock.FencingToken;
import java.util.Locale;

/** Thrown if the ledger rejects a write, because a later holder has already written. */
public final class StaleTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleTokenException(Task task, FencingToken token) {
    super(
        String.format(
            Locale.ROOT,
            "ledger rejected step %s of %s: a holder with a token above %s has written",
            task.step(),
            task.subject(),
            token));
  }
}
