package dev.holdfast.demo;

import java.util.concurrent.CompletionException;

/** Why something broke off. */
final class ErrorMessages {
  private ErrorMessages() {}

  /** The message of what was thrown first, on whichever thread. */
  static String rootCauseMessage(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
