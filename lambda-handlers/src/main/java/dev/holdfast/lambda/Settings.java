package dev.holdfast.lambda;

import java.time.Duration;
import java.util.Optional;

/**
 * What a guard was told.
 *
 * @param keys how ids become keys
 * @param consumer who remembers events; empty for the function that is invoked
 * @param window how long a handled event is remembered; empty where none is
 * @param time what the remaining time means
 */
record Settings(Keys keys, Optional<String> consumer, Optional<Duration> window, TimePolicy time) {
  private static final Duration WINDOW_MIN = Duration.ofSeconds(1);
  private static final Duration WINDOW_MAX = Duration.ofDays(3_660);

  static final Settings DEFAULT =
      new Settings(new Keys(""), Optional.empty(), Optional.empty(), TimePolicy.DEFAULT);

  Settings {
    window.ifPresent(Settings::checkWindow);
    if (consumer.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("consumer must have at least one character, got none");
    }
  }

  private static void checkWindow(Duration window) {
    if (window.compareTo(WINDOW_MIN) < 0 || window.compareTo(WINDOW_MAX) > 0) {
      throw new IllegalArgumentException("window must be from 1 s to 3660 days, got " + window);
    }
  }

  Settings withKeyPrefix(String prefix) {
    return new Settings(new Keys(prefix), consumer, window, time);
  }

  Settings withConsumer(String name) {
    return new Settings(keys, Optional.of(name), window, time);
  }

  Settings withWindow(Duration value) {
    return new Settings(keys, consumer, Optional.of(value), time);
  }

  Settings withTime(TimePolicy value) {
    return new Settings(keys, consumer, window, value);
  }

  String eventKey(String eventId, Invocation invocation) {
    return keys.event(consumer.orElseGet(invocation::functionName), eventId);
  }
}
