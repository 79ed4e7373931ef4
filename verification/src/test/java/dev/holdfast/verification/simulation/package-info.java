/** Random schedules of the shipped classes, each drawn from a seed, judged from outside. */
@NullMarked
package dev.holdfast.verification.simulation;

import org.jspecify.annotations.NullMarked;
