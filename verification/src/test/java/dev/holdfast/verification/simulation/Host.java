package dev.holdfast.verification.simulation;

import dev.holdfast.lock.LockClient;
import dev.holdfast.verification.engine.ManualRenewalScheduler;

/**
 * One process with its own clocks and its own memory.
 *
 * @param clock its clocks
 * @param lockClient its locks
 * @param renewalScheduler what keeps its locks alive
 */
record Host(HostTimeSource clock, LockClient lockClient, ManualRenewalScheduler renewalScheduler) {
  /** What its holds are called. */
  String label() {
    return clock.hostName();
  }
}
