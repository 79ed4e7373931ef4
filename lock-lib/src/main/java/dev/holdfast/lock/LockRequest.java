package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.Arguments;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Request for a lock. Immutable; every method except {@link #of} returns a changed copy.
 *
 * @param name the lock's name, such as a resource id: 1 to 2,048 bytes of UTF-8, without {@code
 *     #permit-}
 * @param leaseDuration duration of the lease, from 1 s to 24 h; null for the default of {@link
 *     LockClient}
 * @param maxWait maximum wait of {@link LockClient#acquire}, from 0 to 24 h; null for the default
 *     of {@link LockClient}
 * @param event id of the event that is processed, which others see; null for none
 * @param holder description of the holder for people; null for the default of {@link LockClient}
 * @param requestDeadline time from now in which every request for this lock must end, including the
 *     release; null for no limit
 * @param permits maximum number of concurrent holders, from 1 to 100; null for a lock
 * @param payloadHash hash that distinguishes payloads of duplicates; null for no check
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
  static final Duration LEASE_DURATION_MIN = Duration.ofSeconds(1);
  static final Duration LEASE_DURATION_MAX = Duration.ofHours(24);
  static final Duration MAX_WAIT_LIMIT = Duration.ofHours(24);
  private static final int PAYLOAD_HASH_LENGTH_MAX = 128;

  /**
   * Validates the components.
   *
   * @throws IllegalArgumentException if the name, a duration or the number of permits is out of
   *     range, or another text is empty or not valid Unicode
   */
  public LockRequest {
    Arguments.checkName(name);
    Arguments.checkNoPermitMarker(name);
    if (permits != null) {
      Arguments.checkPermits(name, permits);
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
      Arguments.checkRange("requestDeadline", requestDeadline, Duration.ZERO, LEASE_DURATION_MAX);
    }
  }

  private static void checkPayloadHash(String hash) {
    if (hash.isEmpty() || hash.length() > PAYLOAD_HASH_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "payload hash must be 1 to 128 characters, got "
              + hash.length()
              + ": pass a hash of the payload, such as its SHA-256 in hexadecimal");
    }
    Arguments.checkValidUnicode("payload hash", hash);
  }

  private static void checkEvent(String event) {
    if (event.isEmpty()) {
      throw new IllegalArgumentException(
          "event must not be empty, got '': pass the event's id, or omit it");
    }
    Arguments.checkValidUnicode("event", event);
  }

  private static void checkHolder(String holder) {
    if (holder.isBlank()) {
      throw new IllegalArgumentException(
          "holder must not be blank, got "
              + LogText.quote(holder)
              + ": pass a description, or omit it");
    }
  }

  private static void checkLeaseDuration(Duration leaseDuration) {
    Arguments.checkRange("leaseDuration", leaseDuration, LEASE_DURATION_MIN, LEASE_DURATION_MAX);
  }

  private static void checkMaxWait(Duration maxWait) {
    Arguments.checkRange("maxWait", maxWait, Duration.ZERO, MAX_WAIT_LIMIT);
  }

  /**
   * Returns a request with the defaults of the {@link LockClient} that executes it.
   *
   * @param name the lock's name, such as a resource id: 1 to 2,048 bytes of UTF-8
   * @return the request
   * @throws IllegalArgumentException if the name is empty, too long, not valid Unicode, or contains
   *     {@code #permit-}
   */
  public static LockRequest of(String name) {
    return new LockRequest(name, null, null, null, null, null, null, null);
  }

  /**
   * Sets the lease duration.
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
   * Sets the maximum wait of {@link LockClient#acquire}, {@link LockClient#call} and {@link
   * LockClient#run}.
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
   * Sets the event that is processed, so that others see it in {@link Holder#event}.
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
   * Sets the description of the holder for people and logs.
   *
   * @param description any text; truncated to one line of 200 characters in the row
   * @return a changed copy
   * @throws IllegalArgumentException if it is blank
   */
  public LockRequest holder(String description) {
    Objects.requireNonNull(description, "holder");
    return new LockRequest(
        name, leaseDuration, maxWait, event, description, requestDeadline, permits, payloadHash);
  }

  /**
   * Sets the time in which every request for this lock must end, for example the remaining time of
   * an invocation.
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
   * Requests one of n permits of a semaphore instead of the lock, so that n holders may work at the
   * same time. Each permit has its own row. The key of the row is the name, {@code #permit-} and a
   * number. The permits are independent of the lock of the same name.
   *
   * <p>The held lock's {@link Lease#name} is the name of the permit. Its {@link FencingToken}
   * increases with every holder of this permit; tokens of two permits are not comparable. A permit
   * cannot be completed. If requests have different numbers of permits, the largest number limits
   * the holders.
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
   * Sets a hash of the payload of the work. If the work was completed for another payload, the call
   * throws a {@link PayloadMismatchException} instead of reporting a duplicate.
   *
   * @param hash hash, for example the SHA-256 of the payload in hexadecimal; 1 to 128 characters
   * @return a changed copy
   * @throws IllegalArgumentException if it is empty or longer
   */
  public LockRequest payloadHash(String hash) {
    Objects.requireNonNull(hash, "payloadHash");
    return new LockRequest(
        name, leaseDuration, maxWait, event, holder, requestDeadline, permits, hash);
  }

  /** Returns the start of the message that another holder has the lock. */
  String unavailableMessagePrefix() {
    return permits == null
        ? "lock " + LogText.quote(name) + " is held by "
        : "no permit of "
            + permits
            + " of "
            + LogText.quote(name)
            + " is free, the lease that expires first is of ";
  }

  /** Returns the components that are set, without the value of the payload hash. */
  @Override
  public String toString() {
    return Arguments.ToStringBuilder.of(LockRequest.class, name)
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
