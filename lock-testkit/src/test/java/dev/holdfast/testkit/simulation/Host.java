package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.Locks;

/**
 * One process with its own clocks and its own memory.
 *
 * @param label what its holds are called
 * @param clock its clocks
 * @param locks its locks
 * @param freezes whether it is now and then frozen; else its wall clock is now and then set
 */
record Host(String label, HostClock clock, Locks locks, boolean freezes) {}
