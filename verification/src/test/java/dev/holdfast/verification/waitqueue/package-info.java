/**
 * Threads of several hosts in line for a lock, over a network that loses, delays and answers
 * wrongly: one schedule is drawn from one seed.
 */
@NullMarked
package dev.holdfast.verification.waitqueue;

import org.jspecify.annotations.NullMarked;
