/**
 * Locks for AWS Lambda and other JVMs on one DynamoDB row per resource.
 *
 * <p>Start at {@code DynamoDbLocks.on(client, table)}, which returns {@link
 * dev.holdfast.lock.Locks}. Ask it with a {@link dev.holdfast.lock.LockRequest}: {@code tryAcquire}
 * answers with an {@link dev.holdfast.lock.Acquisition}, {@code acquire} waits for a {@link
 * dev.holdfast.lock.HeldLock}, {@code call} runs work that receives a {@link
 * dev.holdfast.lock.Lease} and its {@link dev.holdfast.lock.FencingToken}. Several locks at once
 * are a {@link dev.holdfast.lock.LockSet}, which becomes {@link dev.holdfast.lock.HeldLocks} and
 * gives work its {@link dev.holdfast.lock.Leases}. A {@link dev.holdfast.lock.ClockModel} says how
 * far clocks may be trusted; every failure is a {@link dev.holdfast.lock.LockException}.
 */
@NullMarked
package dev.holdfast.lock;

import org.jspecify.annotations.NullMarked;
