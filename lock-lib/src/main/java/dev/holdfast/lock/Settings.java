package dev.holdfast.lock;

import dev.holdfast.lock.protocol.Attempt;
import dev.holdfast.lock.protocol.Claim;
import dev.holdfast.lock.protocol.Ticket;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The defaults for what a request leaves open.
 *
 * @param lease length of the lease
 * @param waitUpTo how long to wait for a lock that is held
 * @param clocks how far clocks are trusted
 * @param holder who asks; null for this process
 */
record Settings(Duration lease, Duration waitUpTo, ClockModel clocks, @Nullable String holder) {
  /** Some seventy years: a lock may be kept for as long as its process lives. */
  static final long CALLS_UNBOUNDED_NANOS = Long.MAX_VALUE / 4;

  static final Settings DEFAULT =
      new Settings(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          ClockModel.bounded(ClockModel.DEFAULT_MAX_SKEW),
          null);

  Settings {
    LockRequest.checkLease(lease);
    LockRequest.checkWait(waitUpTo);
    if (holder != null) {
      LockRequest.checkHolder(holder);
    }
  }

  Settings withLease(Duration value) {
    return new Settings(value, waitUpTo, clocks, holder);
  }

  Settings withWaitUpTo(Duration value) {
    return new Settings(lease, value, clocks, holder);
  }

  Settings withClocks(ClockModel value) {
    return new Settings(lease, waitUpTo, Objects.requireNonNull(value, "clocks"), holder);
  }

  Settings withHolder(String value) {
    return new Settings(lease, waitUpTo, clocks, Objects.requireNonNull(value, "holder"));
  }

  Claim claim(LockRequest request) {
    Duration wanted = request.lease() == null ? lease : request.lease();
    String chosen = request.holder() == null ? holder : request.holder();
    return new Claim(
        request.name(),
        wanted.toMillis(),
        clocks.bounds(),
        holder(chosen),
        request.event(),
        request.payloadHash());
  }

  Claim claim(Ticket ticket) {
    return new Claim(
        ticket.name(),
        ticket.leaseMillis(),
        clocks.bounds(),
        holder(holder),
        ticket.event(),
        ticket.payloadHash());
  }

  Duration waitFor(LockRequest request) {
    return request.waitUpTo() == null ? waitUpTo : request.waitUpTo();
  }

  static Attempt.Limits limits(LockRequest request, Duration wait) {
    Duration calls = request.callsWithin();
    return new Attempt.Limits(
        wait.toNanos(), calls == null ? CALLS_UNBOUNDED_NANOS : calls.toNanos());
  }

  private static String holder(@Nullable String chosen) {
    return HolderText.line(chosen == null ? HolderText.ofThisThread() : chosen);
  }

  /** The defaults as a log shows them. */
  @Override
  public String toString() {
    return "lease "
        + Ranges.text(lease)
        + ", wait up to "
        + Ranges.text(waitUpTo)
        + ", "
        + clocks
        + (holder == null ? "" : ", holder " + HolderText.line(holder));
  }
}
