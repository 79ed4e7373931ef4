package dev.holdfast.lambda;

import java.time.Duration;
import java.util.Objects;

/**
 * A short lease that is renewed while work runs, so that a crash frees its locks soon.
 *
 * @param lease how long, from 1 s to 24 h
 * @param onLoss what becomes of work whose lock is lost
 */
record Renewing(Duration lease, OnLoss onLoss) {
  private static final Duration LEASE_MIN = Duration.ofSeconds(1);
  private static final Duration LEASE_MAX = Duration.ofHours(24);

  Renewing {
    Objects.requireNonNull(onLoss, "onLoss");
    if (lease.compareTo(LEASE_MIN) < 0 || lease.compareTo(LEASE_MAX) > 0) {
      throw new IllegalArgumentException("lease must be from 1 s to 24 h, got " + lease);
    }
  }
}
