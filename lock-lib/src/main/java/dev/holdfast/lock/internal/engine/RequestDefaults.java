package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.Durations;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.internal.protocol.AcquireSpec;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.Transfer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The defaults for what a request leaves open.
 *
 * @param leaseDuration length of the lease
 * @param maxWait how long to wait for a lock that is held
 * @param clockModel how far clocks are trusted
 * @param holder who asks; null for this process
 */
public record RequestDefaults(
    Duration leaseDuration, Duration maxWait, ClockModel clockModel, @Nullable String holder) {
  /** Some seventy years: a lock may be kept for as long as its process lives. */
  static final long NO_REQUEST_DEADLINE_NANOS = Long.MAX_VALUE / 4;

  public static final RequestDefaults DEFAULT =
      new RequestDefaults(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          ClockModel.bounded(ClockModel.DEFAULT_MAX_SKEW),
          null);

  public RequestDefaults {
    LockRequest.checkLeaseDuration(leaseDuration);
    LockRequest.checkMaxWait(maxWait);
    if (holder != null) {
      LockRequest.checkHolder(holder);
    }
  }

  public RequestDefaults withLeaseDuration(Duration value) {
    return new RequestDefaults(value, maxWait, clockModel, holder);
  }

  public RequestDefaults withMaxWait(Duration value) {
    return new RequestDefaults(leaseDuration, value, clockModel, holder);
  }

  public RequestDefaults withClockModel(ClockModel value) {
    return new RequestDefaults(
        leaseDuration, maxWait, Objects.requireNonNull(value, "clocks"), holder);
  }

  public RequestDefaults withHolder(String value) {
    return new RequestDefaults(
        leaseDuration, maxWait, clockModel, Objects.requireNonNull(value, "holder"));
  }

  public AcquireSpec acquireSpec(LockRequest request) {
    Duration chosenLeaseDuration =
        request.leaseDuration() == null ? leaseDuration : request.leaseDuration();
    String chosenHolder = request.holder() == null ? holder : request.holder();
    return new AcquireSpec(
        request.name(),
        chosenLeaseDuration.toMillis(),
        clockModel.clockBounds(),
        holder(chosenHolder),
        request.event(),
        request.payloadHash());
  }

  AcquireSpec acquireSpec(Transfer transfer) {
    return new AcquireSpec(
        transfer.name(),
        transfer.leaseMillis(),
        clockModel.clockBounds(),
        holder(holder),
        transfer.event(),
        transfer.payloadHash());
  }

  public Duration maxWaitFor(LockRequest request) {
    return request.maxWait() == null ? maxWait : request.maxWait();
  }

  public static Attempt.Limits limits(LockRequest request, Duration maxWait) {
    Duration requestDeadline = request.requestDeadline();
    return new Attempt.Limits(
        maxWait.toNanos(),
        requestDeadline == null ? NO_REQUEST_DEADLINE_NANOS : requestDeadline.toNanos());
  }

  private static String holder(@Nullable String description) {
    return HolderLabel.toSingleLine(
        description == null ? HolderLabel.forCurrentThread() : description);
  }

  /** The defaults as a log shows them. */
  @Override
  public String toString() {
    return "lease "
        + Durations.format(leaseDuration)
        + ", wait up to "
        + Durations.format(maxWait)
        + ", "
        + clockModel
        + (holder == null ? "" : ", holder " + HolderLabel.toSingleLine(holder));
  }
}
