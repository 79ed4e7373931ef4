/**
 * Rules of the lock as pure functions: a reply and the time determine the next write or pause.
 *
 * <p>No class here uses a clock, a thread, a network or a log. Time, replies and random values are
 * arguments, so a simulator runs these classes unchanged. Read in this order: {@link
 * dev.holdfast.lock.internal.protocol.LockRow} (the row), {@link
 * dev.holdfast.lock.internal.protocol.Write} and {@link dev.holdfast.lock.internal.protocol.Reply}
 * (request and response), {@link dev.holdfast.lock.internal.protocol.AcquireProtocol} (acquire),
 * {@link dev.holdfast.lock.internal.protocol.ReplyCase} (the table of the steps after a reply),
 * {@link dev.holdfast.lock.internal.protocol.Hold} (validity, renewal, release and completion),
 * {@link dev.holdfast.lock.internal.protocol.Backoff} (pauses), {@link
 * dev.holdfast.lock.internal.protocol.SemaphoreProtocol} (permits) and {@link
 * dev.holdfast.lock.internal.protocol.MultiLockProtocol} (several locks).
 *
 * <p>These types are public for the other packages of this library and for simulations. They are
 * not part of the API.
 */
@NullMarked
package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.NullMarked;
