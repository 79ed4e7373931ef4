package dev.holdfast.cdk.app;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Options of the app, from the CDK context. No other class reads the context.
 *
 * @param samples true to deploy the sample functions as a second stack
 * @param retain true to retain the table and protect it from deletion
 */
record AppConfiguration(boolean samples, boolean retain) {

  private static final String SAMPLES = "samples";
  private static final String RETAIN = "retain";

  /** Keys that the CDK command line stores in the same context. */
  private static final List<String> CDK_CLI_KEYS =
      List.of("acknowledged-issue-numbers", "cli-telemetry");

  static AppConfiguration fromContext(Map<?, ?> context) {
    for (Object key : context.keySet()) {
      requireKnownKey(key.toString());
    }
    return new AppConfiguration(
        booleanValue(context, SAMPLES, false), booleanValue(context, RETAIN, true));
  }

  private static void requireKnownKey(String key) {
    boolean reservedByCdk = key.contains(":") || CDK_CLI_KEYS.contains(key);
    if (!reservedByCdk && !key.equals(SAMPLES) && !key.equals(RETAIN)) {
      throw new AppConfigurationException(
          String.format(
              Locale.ROOT,
              "context key must be %s (true or false, default false) or %s (true or false, default true), got %s",
              SAMPLES,
              RETAIN,
              key));
    }
  }

  private static boolean booleanValue(Map<?, ?> context, String key, boolean defaultValue) {
    if (!context.containsKey(key)) {
      return defaultValue;
    }
    String value = String.valueOf(context.get(key));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new AppConfigurationException(
              String.format(
                  Locale.ROOT,
                  "context %s must be true or false, got '%s': pass -c %s=%s",
                  key,
                  value,
                  key,
                  !defaultValue));
    };
  }
}
