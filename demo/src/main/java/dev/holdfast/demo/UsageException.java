package dev.holdfast.demo;

/** Thrown if the demo cannot run with its options; the message gives the reason and a remedy. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String problem, String hint) {
    super(problem + "; " + hint);
  }
}
