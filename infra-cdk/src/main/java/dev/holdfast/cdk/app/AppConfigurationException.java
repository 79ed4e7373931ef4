package dev.holdfast.cdk.app;

/** The app cannot do what it was asked to; the message says what it can. */
final class AppConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AppConfigurationException(String message) {
    super(message);
  }
}
