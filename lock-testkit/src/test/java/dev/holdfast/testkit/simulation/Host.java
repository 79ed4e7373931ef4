package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.Locks;
import dev.holdfast.lock.SteppedKeeping;

/**
 * One process with its own clocks and its own memory.
 *
 * @param clock its clocks
 * @param locks its locks
 * @param keeping what keeps its locks alive
 */
record Host(HostClock clock, Locks locks, SteppedKeeping keeping) {
  /** What its holds are called. */
  String label() {
    return clock.host();
  }
}
