package dev.holdfast.testkit;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
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
  private final LockClient lockClient;

  private OtherHost(LockClient lockClient) {
    this.lockClient = lockClient;
  }

  /**
   * Another host.
   *
   * @param table the table that the code under test uses
   * @param clock the clock that the code under test uses
   * @return a host that calls itself "another host"
   */
  public static OtherHost on(SimulatedTable table, ManualClock clock) {
    return new OtherHost(
        DynamoDbLockClient.create(table, table.tableName())
            .withTimeSource(clock)
            .withHolder("another host"));
  }

  /**
   * Holds a lock for 10 s from now on, unless it is released before.
   *
   * @param name the resource id
   * @return the lock, for the test to release, or to leave as a crash does
   * @throws IllegalStateException if the lock is not free
   */
  public HeldLock acquire(String name) {
    return acquire(LockRequest.of(name));
  }

  /**
   * Holds a lock.
   *
   * @param request the resource id, the lease, the event
   * @return the lock, for the test to release, or to leave as a crash does
   * @throws IllegalStateException if the lock is not free
   */
  public HeldLock acquire(LockRequest request) {
    return lockClient
        .tryAcquire(request)
        .fold(
            heldLock -> heldLock,
            busy -> {
              throw notAvailable(busy);
            },
            completed -> {
              throw notAvailable(completed);
            });
  }

  /**
   * Has done the work on a resource, and remembers it.
   *
   * @param name the resource id
   * @param retention how long it is remembered, from 1 s to 3,660 days
   * @throws IllegalStateException if the lock is not free
   */
  public void complete(String name, Duration retention) {
    acquire(name).complete(retention);
  }

  private static IllegalStateException notAvailable(Acquisition result) {
    return new IllegalStateException("another host cannot take the lock now: " + result);
  }
}
