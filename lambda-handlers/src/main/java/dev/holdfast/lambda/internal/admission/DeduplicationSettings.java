package dev.holdfast.lambda.internal.admission;

import java.time.Duration;
import java.util.Optional;

/**
 * What is kept of handled events.
 *
 * @param retention how long
 * @param maxResultBytes how large a result may be to be kept; empty where none is
 */
public record DeduplicationSettings(Duration retention, Optional<Integer> maxResultBytes) {
  private static final Duration MIN_RETENTION = Duration.ofSeconds(1);
  private static final Duration MAX_RETENTION = Duration.ofDays(3_660);
  private static final int MAX_STORED_BYTES = 350 * 1_024;

  public DeduplicationSettings {
    if (retention.compareTo(MIN_RETENTION) < 0 || retention.compareTo(MAX_RETENTION) > 0) {
      throw new IllegalArgumentException("window must be from 1 s to 3660 days, got " + retention);
    }
    maxResultBytes.ifPresent(DeduplicationSettings::validateBytes);
  }

  private static void validateBytes(int bytes) {
    if (bytes < 1 || bytes > MAX_STORED_BYTES) {
      throw new IllegalArgumentException(
          "a result's bound must be 1 to 358400 bytes, got " + bytes);
    }
  }

  public static DeduplicationSettings withoutResults(Duration retention) {
    return new DeduplicationSettings(retention, Optional.empty());
  }

  public static DeduplicationSettings withResults(Duration retention, int maxResultBytes) {
    return new DeduplicationSettings(retention, Optional.of(maxResultBytes));
  }
}
