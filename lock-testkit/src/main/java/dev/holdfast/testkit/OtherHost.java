package dev.holdfast.testkit;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import java.time.Duration;

/**
 * Somebody else who locks in the same table by the same clock, for tests of what happens then. As
 * thread-safe as its table.
 *
 * <pre>{@code
 * HeldLock theirs = OtherHost.on(table, time).holds("order-42");
 * // … the code under test finds order-42 busy
 * theirs.close();
 * }</pre>
 */
public final class OtherHost {
  private final Locks locks;

  private OtherHost(Locks locks) {
    this.locks = locks;
  }

  /**
   * Another host.
   *
   * @param table the table that the code under test uses
   * @param time the clock that the code under test uses
   * @return a host that calls itself "another host"
   */
  public static OtherHost on(SimulatedTable table, ManualTime time) {
    return new OtherHost(
        DynamoDbLocks.on(table, table.tableName()).withTime(time).withHolder("another host"));
  }

  /**
   * Holds a lock for 10 s from now on, unless it is released before.
   *
   * @param name the resource id
   * @return the lock, for the test to release, or to leave as a crash does
   * @throws IllegalStateException if the lock is not free
   */
  public HeldLock holds(String name) {
    return holds(LockRequest.of(name));
  }

  /**
   * Holds a lock.
   *
   * @param request the resource id, the lease, the event
   * @return the lock, for the test to release, or to leave as a crash does
   * @throws IllegalStateException if the lock is not free
   */
  public HeldLock holds(LockRequest request) {
    return locks
        .tryAcquire(request)
        .fold(
            lock -> lock,
            busy -> {
              throw notFree(busy);
            },
            done -> {
              throw notFree(done);
            });
  }

  /**
   * Has done the work on a resource, and remembers it.
   *
   * @param name the resource id
   * @param window how long it is remembered, from 1 s to 3,660 days
   * @throws IllegalStateException if the lock is not free
   */
  public void completed(String name, Duration window) {
    holds(name).complete(window);
  }

  private static IllegalStateException notFree(Acquisition other) {
    return new IllegalStateException("another host cannot take the lock now: " + other);
  }
}
