package dev.holdfast.samples;

import dev.holdfast.lock.FencingToken;
import java.util.Locale;

/** A later holder has written to the ledger already: this one's write was refused. */
public final class StaleTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleTokenException(Task task, FencingToken token) {
    super(
        String.format(
            Locale.ROOT,
            "ledger refused step %s of %s: a holder after token %s has written",
            task.step(),
            task.subject(),
            token));
  }
}
