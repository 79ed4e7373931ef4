package dev.holdfast.lambda;

import java.util.Optional;

/**
 * What a guard was told.
 *
 * @param naming how ids become keys
 * @param remembering what is kept of handled events; empty where nothing is
 * @param time what the remaining time means
 * @param telemetry where metrics go
 * @param workers how many messages of a batch are worked on at a time
 */
record Settings(
    Naming naming,
    Optional<Remembering> remembering,
    TimePolicy time,
    Telemetry telemetry,
    Workers workers) {
  static final Settings DEFAULT =
      new Settings(
          Naming.DEFAULT, Optional.empty(), TimePolicy.DEFAULT, Telemetry.SILENT, Workers.ONE);

  Settings with(Naming value) {
    return new Settings(value, remembering, time, telemetry, workers);
  }

  Settings with(Remembering value) {
    return new Settings(naming, Optional.of(value), time, telemetry, workers);
  }

  Settings with(TimePolicy value) {
    return new Settings(naming, remembering, value, telemetry, workers);
  }

  Settings with(Telemetry value) {
    return new Settings(naming, remembering, time, value, workers);
  }

  Settings with(Workers value) {
    return new Settings(naming, remembering, time, telemetry, value);
  }
}
