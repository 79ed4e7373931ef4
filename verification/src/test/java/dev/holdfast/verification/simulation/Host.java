package dev.holdfast.verification.simulation;

import dev.holdfast.lock.LockClient;
import dev.holdfast.verification.engine.ManualRenewalScheduler;

/**
 * One process with its own clocks and its own observations.
 *
 * @param clock the clocks
 * @param lockClient the locks
 * @param renewalScheduler the scheduler that keeps the locks alive
 */
record Host(HostTimeSource clock, LockClient lockClient, ManualRenewalScheduler renewalScheduler) {
  /** Returns the prefix of the names of its holds. */
  String label() {
    return clock.hostName();
  }
}
