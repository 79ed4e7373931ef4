package dev.holdfast.cdk.app;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the app reads from its context, which is the only place that reads any.
 *
 * @param samples whether the sample functions come along as a second stack
 * @param retain whether the table outlives its stack and is protected from deletion
 */
record Settings(boolean samples, boolean retain) {

  private static final String SAMPLES = "samples";
  private static final String RETAIN = "retain";

  /** Keys that the CDK command line itself keeps in the same context. */
  private static final List<String> OF_THE_COMMAND_LINE =
      List.of("acknowledged-issue-numbers", "cli-telemetry");

  static Settings from(Map<?, ?> context) {
    for (Object key : context.keySet()) {
      requireKnown(key.toString());
    }
    return new Settings(flag(context, SAMPLES, false), flag(context, RETAIN, true));
  }

  private static void requireKnown(String key) {
    boolean ofCdk = key.contains(":") || OF_THE_COMMAND_LINE.contains(key);
    if (!ofCdk && !key.equals(SAMPLES) && !key.equals(RETAIN)) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "context key must be %s (true or false, default false) or %s (true or false, default true), got %s",
              SAMPLES,
              RETAIN,
              key));
    }
  }

  private static boolean flag(Map<?, ?> context, String key, boolean absent) {
    if (!context.containsKey(key)) {
      return absent;
    }
    String value = String.valueOf(context.get(key));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new SettingsException(
              String.format(
                  Locale.ROOT,
                  "context %s must be true or false, got '%s': pass -c %s=%s",
                  key,
                  value,
                  key,
                  !absent));
    };
  }
}
