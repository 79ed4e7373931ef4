package dev.holdfast.lock.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One of the rows that stand for the permits of a name.
 *
 * @param key the row's key: the name, {@link #MARK} and a number from 1
 * @param row what stood in the way at the last try; null where that is not known
 * @param freeAtNanos monotonic time at which that row may be taken over; the largest long where
 *     that is not known
 * @param tried whether the attempt has tried it
 */
public record Slot(String key, @Nullable LockRow row, long freeAtNanos, boolean tried) {

  /** Stands between name and number; names of locks may not contain it. */
  public static final String MARK = "#permit-";

  private static final long UNKNOWN = Long.MAX_VALUE;

  static Slot numbered(String name, int number) {
    return new Slot(key(name, number), null, UNKNOWN, false);
  }

  /**
   * The key of a slot's row.
   *
   * @param name what permits are asked of
   * @param number which permit, from 1
   * @return the key
   */
  public static String key(String name, int number) {
    return name + MARK + number;
  }

  Slot unanswered() {
    return new Slot(key, null, UNKNOWN, true);
  }

  /** An instant that has passed although the row was just refused says nothing. */
  Slot blockedBy(LockRow other, long takeOverNanos, ClockReading now) {
    boolean bounded = takeOverNanos > 0 && takeOverNanos < UNKNOWN - now.monotonicNanos();
    long freeAt = bounded ? now.monotonicNanos() + takeOverNanos : UNKNOWN;
    return new Slot(key, other, freeAt, true);
  }

  boolean isDue(ClockReading now) {
    return freeAtNanos != UNKNOWN && freeAtNanos - now.monotonicNanos() <= 0;
  }

  long remainingNanos(ClockReading now) {
    return freeAtNanos == UNKNOWN ? UNKNOWN : freeAtNanos - now.monotonicNanos();
  }
}
