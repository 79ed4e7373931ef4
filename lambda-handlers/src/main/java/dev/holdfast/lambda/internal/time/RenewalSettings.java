package dev.holdfast.lambda.internal.time;

import dev.holdfast.lambda.model.LockLossPolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * A short lease that is renewed while work runs, so that a crash frees its locks soon.
 *
 * @param leaseDuration how long, from 1 s to 24 h
 * @param lossPolicy what becomes of work whose lock is lost
 */
public record RenewalSettings(Duration leaseDuration, LockLossPolicy lossPolicy) {
  private static final Duration MIN_LEASE_DURATION = Duration.ofSeconds(1);
  private static final Duration MAX_LEASE_DURATION = Duration.ofHours(24);

  public RenewalSettings {
    Objects.requireNonNull(lossPolicy, "onLoss");
    if (leaseDuration.compareTo(MIN_LEASE_DURATION) < 0
        || leaseDuration.compareTo(MAX_LEASE_DURATION) > 0) {
      throw new IllegalArgumentException("lease must be from 1 s to 24 h, got " + leaseDuration);
    }
  }
}
