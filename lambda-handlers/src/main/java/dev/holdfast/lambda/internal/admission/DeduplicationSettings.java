package dev.holdfast.lambda.internal.admission;

import java.time.Duration;
import java.util.Optional;

/**
 * Settings of idempotency records.
 *
 * @param retention the time for which a record is kept
 * @param maxResultBytes the largest result that a record stores; empty if records store no results
 */
public record DeduplicationSettings(Duration retention, Optional<Integer> maxResultBytes) {
  private static final Duration MIN_RETENTION = Duration.ofSeconds(1);
  private static final Duration MAX_RETENTION = Duration.ofDays(3_660);
  private static final int MAX_STORED_BYTES = 350 * 1_024;

  public DeduplicationSettings {
    if (retention.compareTo(MIN_RETENTION) < 0 || retention.compareTo(MAX_RETENTION) > 0) {
      throw new IllegalArgumentException(
          "retention must be from 1 s to 3660 days, got " + retention);
    }
    maxResultBytes.ifPresent(DeduplicationSettings::validateBytes);
  }

  private static void validateBytes(int bytes) {
    if (bytes < 1 || bytes > MAX_STORED_BYTES) {
      throw new IllegalArgumentException(
          "maximum result size must be from 1 to 358400 bytes, got " + bytes);
    }
  }

  public static DeduplicationSettings withoutResults(Duration retention) {
    return new DeduplicationSettings(retention, Optional.empty());
  }

  public static DeduplicationSettings withResults(Duration retention, int maxResultBytes) {
    return new DeduplicationSettings(retention, Optional.of(maxResultBytes));
  }
}
