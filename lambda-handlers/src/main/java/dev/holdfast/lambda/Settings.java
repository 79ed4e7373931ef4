package dev.holdfast.lambda;

import java.util.Optional;

/**
 * What a guard was told.
 *
 * @param naming how ids become keys
 * @param remembering what is kept of handled events; empty where nothing is
 * @param time what the remaining time means
 * @param telemetry where metrics go
 * @param batches how batches of SQS are worked on
 */
record Settings(
    Naming naming,
    Optional<Remembering> remembering,
    TimePolicy time,
    Telemetry telemetry,
    Batches batches) {

  /**
   * How batches of SQS are worked on.
   *
   * @param workers how many messages at a time
   * @param comeback when a busy message comes back
   */
  record Batches(Workers workers, Comeback comeback) {
    static final Batches DEFAULT = new Batches(Workers.ONE, Comeback.AS_THE_QUEUE_SAYS);
  }

  static final Settings DEFAULT =
      new Settings(
          Naming.DEFAULT, Optional.empty(), TimePolicy.DEFAULT, Telemetry.SILENT, Batches.DEFAULT);

  Settings with(Naming value) {
    return new Settings(value, remembering, time, telemetry, batches);
  }

  Settings with(Remembering value) {
    return new Settings(naming, Optional.of(value), time, telemetry, batches);
  }

  Settings with(TimePolicy value) {
    return new Settings(naming, remembering, value, telemetry, batches);
  }

  Settings with(Telemetry value) {
    return new Settings(naming, remembering, time, value, batches);
  }

  Settings with(Batches value) {
    return new Settings(naming, remembering, time, telemetry, value);
  }
}
