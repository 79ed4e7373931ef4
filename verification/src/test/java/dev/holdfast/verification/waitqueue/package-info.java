/**
 * Simulation of threads of several hosts in wait queues, over a network with faults. Each schedule
 * runs from one seed.
 */
@NullMarked
package dev.holdfast.verification.waitqueue;

import org.jspecify.annotations.NullMarked;
