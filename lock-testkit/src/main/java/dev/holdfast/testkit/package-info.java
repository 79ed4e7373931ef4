/**
 * A lock table without a server, a clock moved by hand, and faults on demand: for the tests of
 * Holdfast itself and of whoever builds on it.
 *
 * <p>{@link dev.holdfast.testkit.SimulatedTable} is a {@code DynamoDbClient} that evaluates the
 * very condition expressions that the library sends; {@link dev.holdfast.testkit.ManualClock} is
 * the clock; {@link dev.holdfast.testkit.FaultInjector} says what goes wrong next.
 */
@NullMarked
package dev.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
