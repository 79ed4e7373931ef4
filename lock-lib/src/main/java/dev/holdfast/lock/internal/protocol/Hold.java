package dev.holdfast.lock.internal.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a holder knows of its lock: which row it wrote, and how long it may believe in it.
 *
 * <p>Why it is safe: validity starts at the clock reading taken <em>before</em> the request was
 * built, lasts {@code lease x (1 - rho)} and is judged by whichever clock says that more time has
 * passed. Others take over no sooner than {@code lease} (watching) or {@code lease + skew bound}
 * (wall clocks) after the row was written, which is later. While a renewal is unanswered the row
 * may show either lease, so the smaller end counts.
 *
 * @param row the row as last sent
 * @param clockBounds how far clocks are trusted
 * @param confirmed the newest sending that is known to have taken effect
 * @param unconfirmed renewals that may have taken effect, oldest first
 * @param mayDeleteRow whether deleting the row at release is harmless: the acquire replaced no row
 *     and no copy of it can arrive later
 */
public record Hold(
    LockRow row,
    ClockBounds clockBounds,
    SentLease confirmed,
    List<SentLease> unconfirmed,
    boolean mayDeleteRow) {

  /**
   * One sending of the row.
   *
   * @param renewals the row's version
   * @param leaseMillis the lease that it carried, in milliseconds
   * @param expiresAtMillis when others may take over, less their margin, in epoch milliseconds
   * @param validFrom the clocks before it was sent
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
   * What another process must know to go on with this hold.
   *
   * @param tableName which table the row is in
   * @return the ticket; empty while a renewal is unanswered, since the row may be of either version
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
   * How long the holder may still believe that it holds the lock.
   *
   * @param now the clocks now
   * @return nanoseconds; 0 or less when validity is over, which is final
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
   * The hold with one more renewal under way; its {@link #row} is what {@link Write.Renew} sends.
   *
   * @param now the clocks, read before the request is built
   * @param leaseMillis the new lease in milliseconds
   * @return the hold while the renewal is unanswered
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
   * What a renewal came to.
   *
   * @param reply the reply to the {@link Write.Renew} of this hold's row
   * @return renewed, lost or unknown
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

  /** A renewal that certainly did not apply never was: the row is as it was sent before. */
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
   * The write that ends this hold.
   *
   * @param now the clocks now
   * @param tokenExposed whether the fencing token was ever handed out: if so the row stays as a
   *     marker
   * @return delete the row, or leave it {@link RowState#FREE}
   */
  public Write release(ClockReading now, boolean tokenExposed) {
    return mayDeleteRow && !tokenExposed
        ? new Write.Delete(row)
        : new Write.End(endedRow(RowState.FREE, now.wallMillis()));
  }

  /**
   * The write that takes back a hold that was won by a wrong clock and never handed out.
   *
   * @param previous what it replaced
   * @param now the clocks now
   * @return the row as it was before, or a marker where nobody held one; empty where it is not
   *     known what was replaced: then the row stays until its lease ends, since another may believe
   *     in the one before
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
   * The write that ends this hold and remembers that its work is done, for the whole window: its
   * end is rounded up to a millisecond, by which rows count.
   *
   * @param now the clocks now
   * @param retentionMillis how long duplicates are answered, from now, in milliseconds
   * @param result what they are told that the work came to; null to tell them nothing of that
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
   * What a release came to.
   *
   * @param reply the reply to {@link #release}
   * @param sentWhileValid whether validity was not over when it was first sent: then nobody else
   *     could have taken the row, so a row that is gone went by an earlier copy of this request
   * @return the outcome
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
   * What a completion came to.
   *
   * @param reply the reply to {@link #completion}
   * @return completed, lost or unknown
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
