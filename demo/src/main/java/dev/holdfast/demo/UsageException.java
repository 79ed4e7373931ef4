package dev.holdfast.demo;

/** The demo cannot run as it was asked to; says why and what to do. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String problem, String hint) {
    super(problem + "; " + hint);
  }
}
