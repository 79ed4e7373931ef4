package dev.holdfast.testkit;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import java.time.Duration;

/**
 * Another host that locks in the same table with the same clock, for tests of contention. As
 * thread-safe as its table.
 *
 * <pre>{@code
 * HeldLock otherLock = OtherHost.on(table, clock).acquire("order-42");
 * // … the code under test finds order-42 busy
 * otherLock.close();
 * }</pre>
 */
public final class OtherHost {
  private final LockClient lockClient;

  private OtherHost(LockClient lockClient) {
    this.lockClient = lockClient;
  }

  /**
   * Creates another host.
   *
   * @param table the table that the code under test uses
   * @param clock the clock that the code under test uses
   * @return a host with the holder name "another host"
   */
  public static OtherHost on(SimulatedTable table, ManualClock clock) {
    return new OtherHost(
        DynamoDbLockClient.create(table, table.tableName())
            .withTimeSource(clock)
            .withHolder("another host"));
  }

  /**
   * Acquires a lock for 10 s, unless the test releases it earlier.
   *
   * @param name the resource id
   * @return the lock; a test releases it, or leaves it as a crash does
   * @throws IllegalStateException if the lock is not free
   */
  public HeldLock acquire(String name) {
    return acquire(LockRequest.of(name));
  }

  /**
   * Acquires a lock.
   *
   * @param request the resource id, the lease duration and the event id
   * @return the lock; a test releases it, or leaves it as a crash does
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
   * Completes the work on a resource and stores the completion.
   *
   * @param name the resource id
   * @param retention the retention of the completion, from 1 s to 3,660 days
   * @throws IllegalStateException if the lock is not free
   */
  public void complete(String name, Duration retention) {
    acquire(name).complete(retention);
  }

  private static IllegalStateException notAvailable(Acquisition result) {
    return new IllegalStateException("another host cannot acquire the lock: " + result);
  }
}
