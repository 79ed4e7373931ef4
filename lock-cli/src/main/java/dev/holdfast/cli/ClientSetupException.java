package dev.holdfast.cli;

/** Thrown if the environment has no usable Region or credentials. The message says what to do. */
final class ClientSetupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClientSetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
