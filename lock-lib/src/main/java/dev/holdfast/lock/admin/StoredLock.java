package dev.holdfast.lock.admin;

import dev.holdfast.lock.Completion;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A lock as its row in the table shows it. */
public sealed interface StoredLock {

  /**
   * The row's key.
   *
   * @return the lock's name; of one of several permits, with its mark and number
   */
  String name();

  /**
   * A row that says that somebody holds the lock. Its lease may have ended since.
   *
   * @param name the lock's name
   * @param holder who, for what, since when and until when
   * @param leaseDuration length of the lease
   * @param maxSkew the holder's bound on the difference between clocks; empty where it trusts none
   * @param version which write of the row this is
   */
  record Held(
      String name,
      Holder holder,
      Duration leaseDuration,
      Optional<Duration> maxSkew,
      LockVersion version)
      implements StoredLock {

    /**
     * The fencing token of the hold.
     *
     * @return the token
     */
    public FencingToken fencingToken() {
      return version.fencingToken();
    }

    /**
     * Whether the holder may still believe in it, if this host's clock is right: until the lease's
     * end and the skew bound, and for as long as the row stands where the holder trusts no clock.
     *
     * @param now this host's wall clock
     * @return false where the holder has crashed, or forgotten to release
     */
    public boolean mayBeHeldAt(Instant now) {
      return maxSkew.map(skew -> now.isBefore(holder.leaseExpiresAt().plus(skew))).orElse(true);
    }
  }

  /**
   * A marker that only keeps the last fencing token: nobody holds the lock.
   *
   * @param name the lock's name
   * @param lastFencingToken the last fencing token
   */
  record Free(String name, FencingToken lastFencingToken) implements StoredLock {}

  /**
   * Work that is remembered as done; the payload of its result is not shown by {@code toString}.
   *
   * @param name the lock's name
   * @param completion what is remembered, and until when
   */
  record Completed(String name, Completion completion) implements StoredLock {}

  /**
   * A row that is not a lock row of a format that this version knows. Locking leaves it alone.
   *
   * @param name the row's key
   * @param reason what is wrong with it
   */
  record Unrecognized(String name, String reason) implements StoredLock {}
}
