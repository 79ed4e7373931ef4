package dev.holdfast.cdk;

import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Validations;
import software.constructs.IConstruct;

/**
 * Finding of synthesis. The app can acknowledge it with {@code Validations.acknowledge}, on the
 * construct that has the finding or on one that contains it.
 *
 * @param id the id to acknowledge
 * @param message the values and the remedy
 */
record Finding(String id, String message) {

  /** Creates a finding from the name of its rule and a format of its message. */
  static Finding of(String rule, String message, Object... arguments) {
    return new Finding("holdfast::" + rule, String.format(Locale.ROOT, message, arguments));
  }

  /** Adds the finding to a construct as a warning, unless it is acknowledged. */
  void warn(IConstruct construct) {
    if (!isAcknowledged(construct)) {
      Validations.of(construct).addWarning(id, message);
    }
  }

  /** Returns whether the construct or one that contains it has an acknowledgment. */
  boolean isAcknowledged(IConstruct construct) {
    return construct.getNode().getScopes().stream()
        .flatMap(scope -> scope.getNode().getMetadata().stream())
        .filter(entry -> entry.getType().equals(Validations.ACKNOWLEDGED_RULES_METADATA_KEY))
        .anyMatch(entry -> entry.getData() instanceof Map<?, ?> rules && rules.containsKey(id));
  }

  /** Returns the message of an error, with the id. */
  String error() {
    return String.format(Locale.ROOT, "%s (%s)", message, id);
  }
}
