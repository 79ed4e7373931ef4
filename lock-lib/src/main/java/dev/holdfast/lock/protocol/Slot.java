package dev.holdfast.lock.protocol;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of the rows that stand for the permits of a name.
 *
 * @param key the row's key: the name, {@link #MARK} and a number from 1
 * @param row what stood in the way at the last try; null where that is not known
 * @param freeAtNanos monotonic time at which that row may be taken over; null where that is not
 *     known, or days away
 * @param tried whether the attempt has tried it
 */
public record Slot(String key, @Nullable LockRow row, @Nullable Long freeAtNanos, boolean tried) {

  /** Stands between name and number; names of locks may not contain it. */
  public static final String MARK = "#permit-";

  private static final long FORESEEN_MAX = TimeUnit.DAYS.toNanos(2);

  static Slot numbered(String name, int number) {
    return new Slot(key(name, number), null, null, false);
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
    return new Slot(key, null, null, true);
  }

  /** An instant that has passed although the row was just refused says nothing. */
  Slot blockedBy(LockRow other, long takeOverNanos, ClockReading now) {
    boolean foreseen = takeOverNanos > 0 && takeOverNanos <= FORESEEN_MAX;
    return new Slot(key, other, foreseen ? now.monotonicNanos() + takeOverNanos : null, true);
  }

  boolean isDue(ClockReading now) {
    return remainingNanos(now) <= 0;
  }

  long remainingNanos(ClockReading now) {
    return freeAtNanos == null ? Long.MAX_VALUE : freeAtNanos - now.monotonicNanos();
  }
}
