package dev.holdfast.lock.internal.protocol;

import dev.holdfast.lock.LockRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One permit of a semaphore, which has a row of its own.
 *
 * @param key the row's key: the name, {@link #KEY_SEPARATOR} and a number from 1
 * @param row the row that rejected the last try; null if unknown
 * @param availableAtNanos monotonic time at which that row may be taken over; null if unknown or
 *     more than two days away
 * @param attempted whether the attempt has tried this permit
 */
public record Permit(
    String key, @Nullable LockRow row, @Nullable Long availableAtNanos, boolean attempted) {

  /** Separator between name and number; names of locks must not contain it. */
  public static final String KEY_SEPARATOR = LockRequest.PERMIT_SEPARATOR;

  private static final long MAX_FORESEEN_NANOS = TimeUnit.DAYS.toNanos(2);

  static Permit of(String name, int number) {
    return new Permit(key(name, number), null, null, false);
  }

  /**
   * Returns the key of a permit's row.
   *
   * @param name name of the semaphore
   * @param number number of the permit, from 1
   * @return the key
   */
  public static String key(String name, int number) {
    return name + KEY_SEPARATOR + number;
  }

  Permit withoutReply() {
    return new Permit(key, null, null, true);
  }

  /** Ignores a takeover time in the past, since the row has just rejected a write. */
  Permit blockedBy(LockRow blockingRow, long takeoverNanos, ClockReading now) {
    boolean foreseen = takeoverNanos > 0 && takeoverNanos <= MAX_FORESEEN_NANOS;
    return new Permit(
        key, blockingRow, foreseen ? now.monotonicNanos() + takeoverNanos : null, true);
  }

  boolean isDue(ClockReading now) {
    return remainingNanos(now) <= 0;
  }

  long remainingNanos(ClockReading now) {
    return availableAtNanos == null ? Long.MAX_VALUE : availableAtNanos - now.monotonicNanos();
  }
}
