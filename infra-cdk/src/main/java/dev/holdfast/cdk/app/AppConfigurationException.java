package dev.holdfast.cdk.app;

/** Thrown if the options of the app are invalid. The message lists the allowed values. */
final class AppConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AppConfigurationException(String message) {
    super(message);
  }
}
