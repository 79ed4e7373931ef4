/** Simulation of the shipped classes in random schedules, each from one seed. */
@NullMarked
package dev.holdfast.verification.simulation;

import org.jspecify.annotations.NullMarked;
