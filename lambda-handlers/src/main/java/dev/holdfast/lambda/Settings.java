package dev.holdfast.lambda;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a guard was told.
 *
 * @param naming how ids become keys
 * @param remembering what is kept of handled events; empty where nothing is
 * @param time what the remaining time means
 * @param telemetry where metrics go
 * @param workers how many messages of a batch are worked on at a time
 * @param deferral takes messages that are reported as busy; empty where they come again when their
 *     queue says so
 */
record Settings(
    Naming naming,
    Optional<Remembering> remembering,
    TimePolicy time,
    Telemetry telemetry,
    Workers workers,
    Optional<Consumer<? super BusyMessage>> deferral) {
  static final Settings DEFAULT =
      new Settings(
          Naming.DEFAULT,
          Optional.empty(),
          TimePolicy.DEFAULT,
          Telemetry.SILENT,
          Workers.ONE,
          Optional.empty());

  Settings with(Naming value) {
    return new Settings(value, remembering, time, telemetry, workers, deferral);
  }

  Settings with(Remembering value) {
    return new Settings(naming, Optional.of(value), time, telemetry, workers, deferral);
  }

  Settings with(TimePolicy value) {
    return new Settings(naming, remembering, value, telemetry, workers, deferral);
  }

  Settings with(Telemetry value) {
    return new Settings(naming, remembering, time, value, workers, deferral);
  }

  Settings with(Workers value) {
    return new Settings(naming, remembering, time, telemetry, value, deferral);
  }

  Settings withDeferral(Consumer<? super BusyMessage> value) {
    return new Settings(naming, remembering, time, telemetry, workers, Optional.of(value));
  }
}
