package dev.holdfast.lock.internal.protocol;

import dev.holdfast.lock.LockRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of the rows that stand for the permits of a name.
 *
 * @param key the row's key: the name, {@link #KEY_SEPARATOR} and a number from 1
 * @param row what stood in the way at the last try; null where that is not known
 * @param availableAtNanos monotonic time at which that row may be taken over; null where that is
 *     not known, or days away
 * @param attempted whether the attempt has tried it
 */
public record Permit(
    String key, @Nullable LockRow row, @Nullable Long availableAtNanos, boolean attempted) {

  /** Stands between name and number; names of locks may not contain it. */
  public static final String KEY_SEPARATOR = LockRequest.PERMIT_SEPARATOR;

  private static final long MAX_FORESEEN_NANOS = TimeUnit.DAYS.toNanos(2);

  static Permit of(String name, int number) {
    return new Permit(key(name, number), null, null, false);
  }

  /**
   * The key of a slot's row.
   *
   * @param name what permits are asked of
   * @param number which permit, from 1
   * @return the key
   */
  public static String key(String name, int number) {
    return name + KEY_SEPARATOR + number;
  }

  Permit withoutReply() {
    return new Permit(key, null, null, true);
  }

  /** An instant that has passed although the row was just refused says nothing. */
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
