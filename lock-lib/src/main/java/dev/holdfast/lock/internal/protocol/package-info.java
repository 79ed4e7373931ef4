/**
 * The rules of the lock, pure: given what came back and what time it is, what to write or how long
 * to wait.
 *
 * <p>Nothing here knows a clock, a thread, a network or a log; time, replies and random draws come
 * in as arguments, so the classes that ship run unchanged under a simulator. Read in this order:
 * {@link dev.holdfast.lock.internal.protocol.LockRow} (the row), {@link
 * dev.holdfast.lock.internal.protocol.Write} and {@link dev.holdfast.lock.internal.protocol.Reply}
 * (what is sent and what comes back), {@link dev.holdfast.lock.internal.protocol.AcquireProtocol}
 * (how a lock is won), {@link dev.holdfast.lock.internal.protocol.Hold} (how long it may be
 * believed in, renewed, released and completed), {@link
 * dev.holdfast.lock.internal.protocol.Backoff} (when to ask again), {@link
 * dev.holdfast.lock.internal.protocol.SemaphoreProtocol} (how one of n permits is won) and {@link
 * dev.holdfast.lock.internal.protocol.MultiLockProtocol} (how several locks are won together).
 *
 * <p>These types are public for the other packages of this library and for simulations. They are
 * not part of the stable interface.
 */
@NullMarked
package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.NullMarked;
