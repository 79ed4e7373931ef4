/**
 * Lock table without a server, a manual clock and fault injection, for tests of Holdfast and of its
 * users.
 *
 * <p>{@link dev.holdfast.testkit.SimulatedTable} is a {@code DynamoDbClient} that evaluates the
 * condition expressions of the library. {@link dev.holdfast.testkit.ManualClock} is the clock, and
 * {@link dev.holdfast.testkit.FaultInjector} injects faults.
 */
@NullMarked
package dev.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
