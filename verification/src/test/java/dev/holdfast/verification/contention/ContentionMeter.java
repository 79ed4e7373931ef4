package dev.holdfast.verification.contention;

import java.time.Duration;

/** Counts the requests of waiters at the table. Thread-safe. */
final class ContentionMeter {
  private boolean measuring = true;
  private long handoffs;
  private long rejectedAttempts;
  private long idleNanos;
  private long freeSinceNanos = -1;
  private int holders;
  private int inFlight;
  private int maxInFlight;
  private long requestCount;
  private long totalRoundTripNanos;

  synchronized void onRequest() {
    requestCount++;
    inFlight++;
    maxInFlight = Math.max(maxInFlight, inFlight);
  }

  synchronized void onReply(long nanos) {
    inFlight--;
    totalRoundTripNanos += nanos;
  }

  /** Records a write. The reply to a release may arrive after the reply to the next acquire. */
  synchronized void onWrite(boolean held, long nanos) {
    holders += held ? 1 : -1;
    if (!held) {
      freeSinceNanos = holders == 0 ? nanos : -1;
      return;
    }
    if (measuring) {
      handoffs++;
      idleNanos += freeSinceNanos < 0 ? 0 : nanos - freeSinceNanos;
    }
    freeSinceNanos = -1;
  }

  synchronized void onRejected() {
    rejectedAttempts += measuring ? 1 : 0;
  }

  /** Starts the measurement after the warm-up. */
  synchronized void startMeasuring() {
    handoffs = 0;
    rejectedAttempts = 0;
    idleNanos = 0;
  }

  /** Stops the measurement. Only the remaining waiters are left. */
  synchronized void stopMeasuring() {
    measuring = false;
  }

  synchronized long handoffs() {
    return handoffs;
  }

  synchronized double rejectedPerHandoff() {
    return (double) rejectedAttempts / handoffs;
  }

  synchronized double idleNanosPerHandoff() {
    return (double) idleNanos / handoffs;
  }

  synchronized long requestCount() {
    return requestCount;
  }

  /** Returns the maximum number of concurrent requests. */
  synchronized int maxInFlight() {
    return maxInFlight;
  }

  synchronized Duration roundTrip() {
    return Duration.ofNanos(totalRoundTripNanos / requestCount);
  }
}
