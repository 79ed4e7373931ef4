package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.internal.protocol.AcquireSpec;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.Transfer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Defaults of a client for the values that a request does not specify. Immutable.
 *
 * @param leaseDuration duration of the lease
 * @param maxWait maximum wait for a lock that another holder has
 * @param clockModel assumptions about the hosts' clocks
 * @param holder description of the holder; null for a description of this process
 * @param throwsIfLost whether a call fails if its lock was lost before the work ended
 */
record RequestDefaults(
    Duration leaseDuration,
    Duration maxWait,
    ClockModel clockModel,
    @Nullable String holder,
    boolean throwsIfLost) {
  /** About 70 years: the process may keep a lock for its whole life. */
  static final long NO_REQUEST_DEADLINE_NANOS = Long.MAX_VALUE / 4;

  static final RequestDefaults DEFAULT =
      new RequestDefaults(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          ClockModel.bounded(ClockModel.DEFAULT_MAX_SKEW),
          null,
          false);

  /** A request validates its values; the defaults have the same ranges. */
  private static final LockRequest VALIDATOR = LockRequest.of("any");

  static void checkLeaseDuration(Duration leaseDuration) {
    VALIDATOR.leaseDuration(leaseDuration);
  }

  RequestDefaults withLeaseDuration(Duration value) {
    checkLeaseDuration(value);
    return new RequestDefaults(value, maxWait, clockModel, holder, throwsIfLost);
  }

  RequestDefaults withMaxWait(Duration value) {
    VALIDATOR.maxWait(value);
    return new RequestDefaults(leaseDuration, value, clockModel, holder, throwsIfLost);
  }

  RequestDefaults withClockModel(ClockModel value) {
    Objects.requireNonNull(value, "clockModel");
    return new RequestDefaults(leaseDuration, maxWait, value, holder, throwsIfLost);
  }

  RequestDefaults withHolder(String value) {
    VALIDATOR.holder(value);
    return new RequestDefaults(leaseDuration, maxWait, clockModel, value, throwsIfLost);
  }

  RequestDefaults withLossCheck() {
    return new RequestDefaults(leaseDuration, maxWait, clockModel, holder, true);
  }

  AcquireSpec acquireSpec(LockRequest request) {
    Duration chosenLeaseDuration =
        request.leaseDuration() == null ? leaseDuration : request.leaseDuration();
    String chosenHolder = request.holder() == null ? holder : request.holder();
    return new AcquireSpec(
        request.name(),
        chosenLeaseDuration.toMillis(),
        ApiMapper.clockBounds(clockModel),
        holderLabel(chosenHolder),
        request.event(),
        request.payloadHash());
  }

  AcquireSpec acquireSpec(Transfer transfer) {
    return new AcquireSpec(
        transfer.name(),
        transfer.leaseMillis(),
        ApiMapper.clockBounds(clockModel),
        holderLabel(holder),
        transfer.event(),
        transfer.payloadHash());
  }

  Duration maxWaitFor(LockRequest request) {
    return request.maxWait() == null ? maxWait : request.maxWait();
  }

  static Attempt.Limits limits(LockRequest request, Duration maxWait) {
    Duration requestDeadline = request.requestDeadline();
    return new Attempt.Limits(
        maxWait.toNanos(),
        requestDeadline == null ? NO_REQUEST_DEADLINE_NANOS : requestDeadline.toNanos());
  }

  private static String holderLabel(@Nullable String description) {
    return HolderLabel.toSingleLine(
        description == null ? HolderLabel.forCurrentThread() : description);
  }

  /** Returns the defaults as a log shows them. */
  @Override
  public String toString() {
    return "leaseDuration="
        + leaseDuration
        + ", maxWait="
        + maxWait
        + ", clockModel="
        + clockModel
        + (throwsIfLost ? ", lossCheck=true" : "")
        + (holder == null ? "" : ", holder=" + HolderLabel.toSingleLine(holder));
  }
}
