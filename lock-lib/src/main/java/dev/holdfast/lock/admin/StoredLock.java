package dev.holdfast.lock.admin;

import dev.holdfast.lock.Completion;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Lock as stored in its row. */
public sealed interface StoredLock {

  /**
   * Returns the key of the row.
   *
   * @return the name of the lock; for a permit, the name with separator and number
   */
  String name();

  /**
   * Row of a held lock, whose lease may have ended.
   *
   * @param name the lock's name
   * @param holder the holder with its event, its start and the end of its lease
   * @param leaseDuration the lease duration
   * @param maxSkew maximum clock skew of the holder; empty if it trusts no clock
   * @param version the version of the row
   */
  record Held(
      String name,
      Holder holder,
      Duration leaseDuration,
      Optional<Duration> maxSkew,
      LockVersion version)
      implements StoredLock {

    /**
     * Returns the fencing token of the hold.
     *
     * @return the token
     */
    public FencingToken fencingToken() {
      return version.fencingToken();
    }

    /**
     * Returns whether the hold may still be valid, if this host's clock is right. It may be valid
     * until the end of the lease plus the maximum skew. Without trusted clocks it may be valid as
     * long as the row exists.
     *
     * @param now wall time of this host
     * @return false if the holder has crashed or did not release the lock
     */
    public boolean mayBeHeldAt(Instant now) {
      return maxSkew.map(skew -> now.isBefore(holder.leaseExpiresAt().plus(skew))).orElse(true);
    }

    @Override
    public String toString() {
      return "Held[" + LogText.escape(name) + ", " + holder + ", " + version + "]";
    }
  }

  /**
   * Marker that keeps the last fencing token. Nobody holds the lock.
   *
   * @param name the lock's name
   * @param lastFencingToken the last fencing token
   */
  record Free(String name, FencingToken lastFencingToken) implements StoredLock {
    @Override
    public String toString() {
      return "Free[" + LogText.escape(name) + ", token " + lastFencingToken + "]";
    }
  }

  /**
   * Completed work. {@code toString} does not show the content of its result.
   *
   * @param name the lock's name
   * @param completion the completion and its retention
   */
  record Completed(String name, Completion completion) implements StoredLock {
    @Override
    public String toString() {
      return "Completed[" + completion + "]";
    }
  }

  /**
   * Row that this version cannot read as a lock row. Locking does not change it.
   *
   * @param name key of the row
   * @param reason the first problem of the row
   */
  record Unrecognized(String name, String reason) implements StoredLock {
    @Override
    public String toString() {
      return "Unrecognized[" + LogText.escape(name) + ", " + reason + "]";
    }
  }
}
