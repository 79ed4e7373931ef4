package dev.holdfast.lambda.internal.time;

import dev.holdfast.lambda.model.LockLossPolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * Settings of short leases that are renewed while work runs, so that a crash releases locks soon.
 *
 * @param leaseDuration the lease duration, from 1 s to 24 h
 * @param lossPolicy the policy for work whose lock is lost
 */
public record RenewalSettings(Duration leaseDuration, LockLossPolicy lossPolicy) {
  private static final Duration MIN_LEASE_DURATION = Duration.ofSeconds(1);
  private static final Duration MAX_LEASE_DURATION = Duration.ofHours(24);

  public RenewalSettings {
    Objects.requireNonNull(lossPolicy, "lossPolicy");
    if (leaseDuration.compareTo(MIN_LEASE_DURATION) < 0
        || leaseDuration.compareTo(MAX_LEASE_DURATION) > 0) {
      throw new IllegalArgumentException(
          "lease duration must be from 1 s to 24 h, got " + leaseDuration);
    }
  }
}
