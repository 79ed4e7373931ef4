/** Tests of many waiters for one lock: the cost of waiting, and fairness. */
@NullMarked
package dev.holdfast.verification.contention;

import org.jspecify.annotations.NullMarked;
