package dev.holdfast.samples;

import dev.holdfast.lock.FencingToken;

/** A later holder has written to the ledger already: this one's write was refused. */
public final class StaleTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleTokenException(Task task, FencingToken token) {
    super(
        "ledger refused step %s of %s: a holder after token %s has written"
            .formatted(task.step(), task.subject(), token));
  }
}
