package dev.holdfast.lock;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to lock, and how. Immutable; every method but {@link #of} returns a changed copy.
 *
 * @param name the resource id: 1 to 2,048 bytes of UTF-8, without {@code #permit-}
 * @param leaseDuration how long others wait for a holder that crashed, from 1 s to 24 h; null for
 *     the default of {@link LockClient}
 * @param maxWait how long {@link LockClient#acquire} waits, from 0 to 24 h; null for the default of
 *     {@link LockClient}
 * @param event the id of the event that is worked on, for others to see; null for none
 * @param holder who asks, for people; null for the default of {@link LockClient}
 * @param requestDeadline how long until every call made for this lock must have ended, the release
 *     too; null for no such end
 * @param permits how many holders there may be at a time, from 1 to 100; null for a lock
 * @param payloadHash tells whether a duplicate asks for the same; null not to look at that
 */
public record LockRequest(
    String name,
    @Nullable Duration leaseDuration,
    @Nullable Duration maxWait,
    @Nullable String event,
    @Nullable String holder,
    @Nullable Duration requestDeadline,
    @Nullable Integer permits,
    @Nullable String payloadHash) {
  /** Text between a name and the number of its permit in the permit's name. */
  public static final String PERMIT_SEPARATOR = "#permit-";

  static final Duration LEASE_DURATION_MIN = Duration.ofSeconds(1);
  static final Duration LEASE_DURATION_MAX = Duration.ofHours(24);
  static final Duration MAX_WAIT_LIMIT = Duration.ofHours(24);
  private static final int PAYLOAD_HASH_LENGTH_MAX = 128;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException if the name, a duration or the number of permits is out of
   *     range, or another text is empty or not valid Unicode
   */
  public LockRequest {
    LockNames.check(name);
    LockNames.checkNoPermitMarker(name);
    if (permits != null) {
      LockNames.checkPermits(name, permits);
    }
    if (payloadHash != null) {
      checkPayloadHash(payloadHash);
    }
    if (event != null) {
      checkEvent(event);
    }
    if (holder != null) {
      checkHolder(holder);
    }
    if (leaseDuration != null) {
      checkLeaseDuration(leaseDuration);
    }
    if (maxWait != null) {
      checkMaxWait(maxWait);
    }
    if (requestDeadline != null) {
      Durations.checkRange("requestDeadline", requestDeadline, Duration.ZERO, LEASE_DURATION_MAX);
    }
  }

  private static void checkPayloadHash(String hash) {
    if (hash.isEmpty() || hash.length() > PAYLOAD_HASH_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "payload hash must be 1 to 128 characters, got "
              + hash.length()
              + ": pass a hash of the payload, such as its SHA-256 in hexadecimal");
    }
    LockNames.checkValidUnicode("payload hash", hash);
  }

  private static void checkEvent(String event) {
    if (event.isEmpty()) {
      throw new IllegalArgumentException(
          "event must not be empty, got '': pass the event's id, or leave it out");
    }
    LockNames.checkValidUnicode("event", event);
  }

  private static void checkHolder(String holder) {
    if (holder.isBlank()) {
      throw new IllegalArgumentException(
          "holder must not be blank, got '" + holder + "': say who asks, or leave it out");
    }
  }

  private static void checkLeaseDuration(Duration leaseDuration) {
    Durations.checkRange("leaseDuration", leaseDuration, LEASE_DURATION_MIN, LEASE_DURATION_MAX);
  }

  private static void checkMaxWait(Duration maxWait) {
    Durations.checkRange("maxWait", maxWait, Duration.ZERO, MAX_WAIT_LIMIT);
  }

  /**
   * A request with the defaults of the {@link LockClient} that it is given to.
   *
   * @param name the resource id: 1 to 2,048 bytes of UTF-8
   * @return the request
   * @throws IllegalArgumentException if the name is empty, too long, not valid Unicode, or contains
   *     {@code #permit-}
   */
  public static LockRequest of(String name) {
    return new LockRequest(name, null, null, null, null, null, null, null);
  }

  /**
   * Sets the lease.
   *
   * @param value from 1 s to 24 h
   * @return a changed copy
   * @throws IllegalArgumentException if it is out of range
   */
  public LockRequest leaseDuration(Duration value) {
    Objects.requireNonNull(value, "leaseDuration");
    return new LockRequest(
        name, value, maxWait, event, holder, requestDeadline, permits, payloadHash);
  }

  /**
   * Sets how long {@link LockClient#acquire} and {@link LockClient#call} wait; {@link
   * LockClient#tryAcquire} never does.
   *
   * @param value from 0 to 24 h
   * @return a changed copy
   * @throws IllegalArgumentException if it is out of range
   */
  public LockRequest maxWait(Duration value) {
    Objects.requireNonNull(value, "maxWait");
    return new LockRequest(
        name, leaseDuration, value, event, holder, requestDeadline, permits, payloadHash);
  }

  /**
   * Says which event is worked on, so that others see it in {@link Holder#event}.
   *
   * @param id the event's id
   * @return a changed copy
   * @throws IllegalArgumentException if it is empty or not valid Unicode
   */
  public LockRequest event(String id) {
    Objects.requireNonNull(id, "event");
    return new LockRequest(
        name, leaseDuration, maxWait, id, holder, requestDeadline, permits, payloadHash);
  }

  /**
   * Says who asks, for people and logs.
   *
   * @param description cut to one line of 200 characters when it is written
   * @return a changed copy
   * @throws IllegalArgumentException if it is blank
   */
  public LockRequest holder(String description) {
    Objects.requireNonNull(description, "holder");
    return new LockRequest(
        name, leaseDuration, maxWait, event, description, requestDeadline, permits, payloadHash);
  }

  /**
   * Bounds every call that is made for this lock, as an invocation's remaining time does.
   *
   * @param remainingTime from now on, from 0 to 24 h
   * @return a changed copy
   * @throws IllegalArgumentException if it is out of range
   */
  public LockRequest requestDeadline(Duration remainingTime) {
    Objects.requireNonNull(remainingTime, "requestDeadline");
    return new LockRequest(
        name, leaseDuration, maxWait, event, holder, remainingTime, permits, payloadHash);
  }

  /**
   * Asks for one of n permits instead of the lock, so that n holders may be at work at a time. Each
   * permit is a row of its own, under the name, {@code #permit-} and a number; they have nothing to
   * do with the lock of the same name.
   *
   * <p>The held lock's {@link Lease#name} is that of the permit, and its {@link FencingToken} rises
   * from holder to holder of that permit only: tokens of two permits cannot be compared. A permit
   * cannot be completed. Where askers name different numbers, there are at most as many holders as
   * the largest number.
   *
   * @param count from 1 to 100
   * @return a changed copy
   * @throws IllegalArgumentException if it is out of range, or the name is too long for its permits
   */
  public LockRequest permits(int count) {
    return new LockRequest(
        name, leaseDuration, maxWait, event, holder, requestDeadline, count, payloadHash);
  }

  /**
   * Says what the payload of this work is, by a hash of it. Where the work is remembered as done
   * for another payload, that is told apart from a duplicate: by a {@link
   * PayloadMismatchException}.
   *
   * @param hash for example the SHA-256 of the payload in hexadecimal; 1 to 128 characters
   * @return a changed copy
   * @throws IllegalArgumentException if it is empty or longer
   */
  public LockRequest payloadHash(String hash) {
    Objects.requireNonNull(hash, "payloadHash");
    return new LockRequest(
        name, leaseDuration, maxWait, event, holder, requestDeadline, permits, hash);
  }

  /** What is said to be held by somebody else. */
  String unavailableMessagePrefix() {
    return permits == null
        ? "lock '" + name + "' is held by "
        : "no permit of "
            + permits
            + " of '"
            + name
            + "' is free, the lease that ends first is of ";
  }

  /** What was set; of the payload's hash only that there is one. */
  @Override
  public String toString() {
    return ToStringBuilder.of(LockRequest.class, name)
        .add("permits", permits)
        .add("leaseDuration", leaseDuration)
        .add("maxWait", maxWait)
        .add("event", event)
        .add("holder", holder)
        .add("requestDeadline", requestDeadline)
        .add("payloadHash", payloadHash == null ? null : "set")
        .toString();
  }
}
