package dev.holdfast.lock.internal.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * State of a held lock: the row that the holder wrote, and the time for which the hold is valid.
 *
 * <p>It is safe for these reasons. Validity starts at the clock reading <em>before</em> the request
 * was built, and lasts {@code lease x (1 - rho)} by the clock that shows more elapsed time. Others
 * take over at least {@code lease} (after watching) or {@code lease + maximum skew} (by wall clock)
 * after the row was written, which is later. While a renewal has no reply, the row may have either
 * lease, so the earlier end counts.
 *
 * @param row the row of the last send
 * @param clockBounds assumptions about clocks
 * @param confirmed the newest send that has applied
 * @param unconfirmed renewals that may have applied, the oldest first
 * @param mayDeleteRow whether a release may delete the row: the acquire replaced no row, and no
 *     copy of it can arrive later
 */
public record Hold(
    LockRow row,
    ClockBounds clockBounds,
    SentLease confirmed,
    List<SentLease> unconfirmed,
    boolean mayDeleteRow) {

  /**
   * One send of the row.
   *
   * @param renewals version of the row
   * @param leaseMillis lease duration in the row, in milliseconds
   * @param expiresAtMillis end of the lease, in epoch milliseconds; others add their margin
   * @param validFrom the clocks before the send
   */
  public record SentLease(
      long renewals, long leaseMillis, long expiresAtMillis, ClockReading validFrom) {

    static SentLease first(LockRow row, ClockReading validFrom) {
      return new SentLease(
          0, row.leaseTerm().leaseMillis(), row.leaseTerm().expiresAtMillis(), validFrom);
    }
  }

  /** End of a hold. */
  public enum End {
    /** The row is free. */
    RELEASED,
    /** The row records the completion. */
    COMPLETED,
    /** The row no longer belongs to this holder; the time of the loss is unknown. */
    LOST,
    /** There is no reply: the row may stay held until its lease ends. */
    UNKNOWN
  }

  /** Copies the list. */
  public Hold {
    unconfirmed = List.copyOf(unconfirmed);
  }

  static Hold acquired(
      Write.Acquire write, ClockReading validFrom, ClockBounds clockBounds, boolean mayDeleteRow) {
    SentLease sent = SentLease.first(write.row(), validFrom);
    return new Hold(write.row(), clockBounds, sent, List.of(), mayDeleteRow);
  }

  static Hold resumed(Write.Resume write, ClockReading validFrom, ClockBounds clockBounds) {
    SentLease sent = SentLease.first(write.row(), validFrom);
    return new Hold(write.row(), clockBounds, sent, List.of(), false);
  }

  /**
   * Returns the data with which another process continues this hold.
   *
   * @param tableName name of the lock table
   * @return the transfer; empty while a renewal has no reply, since the row may have either version
   */
  public Optional<Transfer> transfer(String tableName) {
    LeaseTerm leaseTerm = row.leaseTerm();
    Transfer transfer =
        new Transfer(
            tableName,
            row.name(),
            row.version(),
            leaseTerm.leaseMillis(),
            leaseTerm.expiresAtMillis(),
            row.holderInfo().event(),
            row.holderInfo().idempotency().payloadHash());
    return unconfirmed.isEmpty() ? Optional.of(transfer) : Optional.empty();
  }

  /**
   * Returns the remaining validity.
   *
   * @param now the clocks now
   * @return nanoseconds; 0 or less after the validity, which is final
   */
  public long remainingNanos(ClockReading now) {
    long remaining = remainingNanos(confirmed, now);
    for (SentLease sent : unconfirmed) {
      remaining = Math.min(remaining, remainingNanos(sent, now));
    }
    return remaining;
  }

  private long remainingNanos(SentLease sent, ClockReading now) {
    return clockBounds.validityNanos(sent.leaseMillis()) - now.elapsedNanosSince(sent.validFrom());
  }

  /**
   * Returns the hold with one more pending renewal. {@link Write.Renew} sends its {@link #row}.
   *
   * @param now the clocks before the request is built
   * @param leaseMillis the new lease duration in milliseconds
   * @return the hold until the reply
   */
  public Hold withPendingRenewal(ClockReading now, long leaseMillis) {
    long renewals = row.version().renewals() + 1;
    long expiresAtMillis =
        Math.max(row.leaseTerm().expiresAtMillis(), now.wallMillis() + leaseMillis);
    List<SentLease> pending = new ArrayList<>(unconfirmed);
    pending.add(new SentLease(renewals, leaseMillis, expiresAtMillis, now));
    return new Hold(
        rowOf(pending.get(pending.size() - 1)), clockBounds, confirmed, pending, mayDeleteRow);
  }

  /**
   * Evaluates the reply to a renewal.
   *
   * @param reply the reply to the {@link Write.Renew} of this hold's row
   * @return the result
   */
  public RenewalResult afterRenewal(Reply reply) {
    return reply.fold(
        applied -> confirmed(row.version().renewals()),
        rejected -> afterRejectedRenewal(rejected.current()),
        failed -> new RenewalResult.Unknown(afterFailedRenewal(failed), failed));
  }

  private RenewalResult afterRejectedRenewal(RowSnapshot current) {
    return current instanceof LockRow other && isOwnRow(other)
        ? confirmed(other.version().renewals())
        : new RenewalResult.Lost();
  }

  private boolean isOwnRow(LockRow other) {
    return other.isHeld()
        && other.hasNonce(row.version().nonce())
        && other.version().token() == row.version().token();
  }

  private RenewalResult confirmed(long renewals) {
    Optional<SentLease> found =
        unconfirmed.stream().filter(s -> s.renewals() == renewals).findFirst();
    if (found.isEmpty()) {
      return new RenewalResult.Lost();
    }
    List<SentLease> later = unconfirmed.stream().filter(s -> s.renewals() > renewals).toList();
    return new RenewalResult.Renewed(new Hold(row, clockBounds, found.get(), later, mayDeleteRow));
  }

  /** Removes a renewal that cannot have applied; the row is that of the previous send. */
  private Hold afterFailedRenewal(Reply.Failed failed) {
    if (failed.mayHaveApplied()) {
      return this;
    }
    List<SentLease> possible =
        unconfirmed.stream().filter(s -> s.renewals() != row.version().renewals()).toList();
    SentLease newest = possible.isEmpty() ? confirmed : possible.get(possible.size() - 1);
    return new Hold(rowOf(newest), clockBounds, confirmed, possible, mayDeleteRow);
  }

  private LockRow rowOf(SentLease sent) {
    RowVersion version =
        new RowVersion(row.version().nonce(), row.version().token(), sent.renewals());
    LeaseTerm leaseTerm = clockBounds.leaseTerm(sent.leaseMillis(), sent.expiresAtMillis());
    return new LockRow(
        row.name(), RowState.HELD, version, leaseTerm, row.holderInfo(), row.averageWaitMillis());
  }

  /**
   * Returns the write that releases this hold.
   *
   * @param now the clocks now
   * @param tokenExposed whether the fencing token was ever handed out; then the row remains as a
   *     marker
   * @return a deletion of the row, or a {@link RowState#FREE} row
   */
  public Write release(ClockReading now, boolean tokenExposed) {
    return mayDeleteRow && !tokenExposed
        ? new Write.Delete(row)
        : new Write.End(endedRow(RowState.FREE, now.wallMillis()));
  }

  /**
   * Returns the write that undoes an acquire by a wrong clock, before the lock is handed out.
   *
   * @param previous the replaced row
   * @param now the clocks now
   * @return the previous row, or a marker if nobody held the lock; empty if the previous row is
   *     unknown. Then the row remains until its lease ends, since another holder may still be
   *     valid.
   */
  public Optional<Write> undo(RowSnapshot previous, ClockReading now) {
    if (!(previous instanceof LockRow previousRow) || previousRow.state() == RowState.FREE) {
      return Optional.of(release(now, true));
    }
    return previousRow.hasNonce(row.version().nonce())
        ? Optional.empty()
        : Optional.of(new Write.Restore(previousRow, row.version()));
  }

  /**
   * Returns the write that ends this hold and records the completion. The end of the retention is
   * rounded up to the milliseconds of the row.
   *
   * @param now the clocks now
   * @param retentionMillis time for which duplicates are answered, from now, in milliseconds
   * @param result the result for duplicates; null for none
   * @return the completion
   */
  public Write.End completion(
      ClockReading now, long retentionMillis, @Nullable StoredValue result) {
    LockRow completed = endedRow(RowState.COMPLETED, now.wallMillisRoundedUp() + retentionMillis);
    HolderInfo holderInfo = completed.holderInfo().withResult(result);
    return new Write.End(
        new LockRow(
            completed.name(),
            completed.state(),
            completed.version(),
            completed.leaseTerm(),
            holderInfo));
  }

  private LockRow endedRow(RowState state, long expiresAtMillis) {
    LeaseTerm leaseTerm = clockBounds.leaseTerm(row.leaseTerm().leaseMillis(), expiresAtMillis);
    return new LockRow(row.name(), state, row.version(), leaseTerm, row.holderInfo());
  }

  /**
   * Evaluates the reply to a release.
   *
   * @param reply the reply to {@link #release}
   * @param sentWhileValid whether the hold was valid at the first send. Then no other holder can
   *     have taken the row, so an earlier copy of this request removed a missing row.
   * @return the end of the hold
   */
  public End afterRelease(Reply reply, boolean sentWhileValid) {
    return reply.fold(
        applied -> End.RELEASED,
        rejected -> afterRejectedRelease(rejected.current(), sentWhileValid),
        failed -> End.UNKNOWN);
  }

  private End afterRejectedRelease(RowSnapshot current, boolean sentWhileValid) {
    if (isOwnRowInState(RowState.COMPLETED, current)) {
      return End.COMPLETED;
    }
    return sentWhileValid || isOwnRowInState(RowState.FREE, current) ? End.RELEASED : End.LOST;
  }

  /**
   * Evaluates the reply to a completion.
   *
   * @param reply the reply to {@link #completion}
   * @return the end of the hold
   */
  public End afterCompletion(Reply reply) {
    return reply.fold(
        applied -> End.COMPLETED,
        rejected ->
            isOwnRowInState(RowState.COMPLETED, rejected.current()) ? End.COMPLETED : End.LOST,
        failed -> End.UNKNOWN);
  }

  private boolean isOwnRowInState(RowState state, RowSnapshot snapshot) {
    return snapshot instanceof LockRow other
        && other.state() == state
        && other.hasNonce(row.version().nonce());
  }
}
