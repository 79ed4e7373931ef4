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
 * <p>A host with a wrong clock may replace the row and restore it with a larger token ({@link
 * #undo}). The holder adopts that token for its further writes ({@link #adoptingTokenOf}); its
 * fencing token stays.
 *
 * @param row the row of the last send
 * @param clockBounds assumptions about clocks
 * @param grant the acquire or resume that started the hold
 * @param confirmed the newest send that has applied
 * @param unconfirmed renewals that may have applied, the oldest first
 */
public record Hold(
    LockRow row,
    ClockBounds clockBounds,
    Grant grant,
    SentLease confirmed,
    List<SentLease> unconfirmed) {

  /** Maximum number of times that one operation adopts a token and sends its write again. */
  public static final int MAX_ADOPTIONS = 3;

  /**
   * Start of a hold.
   *
   * @param fencingToken token of the hold for its caller, which never changes
   * @param at the clocks before the first send
   * @param mayDeleteRow whether a release may delete the row: the acquire replaced no row, no copy
   *     of it can arrive later, and the row has its token
   */
  public record Grant(long fencingToken, ClockReading at, boolean mayDeleteRow) {}

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
    return started(write.row(), validFrom, clockBounds, mayDeleteRow);
  }

  static Hold resumed(Write.Resume write, ClockReading validFrom, ClockBounds clockBounds) {
    return started(write.row(), validFrom, clockBounds, false);
  }

  private static Hold started(
      LockRow row, ClockReading validFrom, ClockBounds clockBounds, boolean mayDeleteRow) {
    Grant grant = new Grant(row.version().token(), validFrom, mayDeleteRow);
    return new Hold(row, clockBounds, grant, SentLease.first(row, validFrom), List.of());
  }

  /**
   * Returns the hold that sends a rejected write again, if the rejection shows its own row with a
   * larger token: a host with a wrong clock has replaced the row and restored it. From then on the
   * row is never deleted, since the larger token must remain.
   *
   * @param current the row that rejected the write
   * @return the hold with the token of that row; empty if the rejection is final
   */
  public Optional<Hold> adoptingTokenOf(RowSnapshot current) {
    if (!(current instanceof LockRow other) || !other.isRestored(row.version())) {
      return Optional.empty();
    }
    Grant undeletable = new Grant(grant.fencingToken(), grant.at(), false);
    LockRow raised = row.withToken(other.version().token());
    return Optional.of(new Hold(raised, clockBounds, undeletable, confirmed, unconfirmed));
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
   * Returns the hold with one more pending renewal. {@link Write.Renew} sends its {@link #row}. The
   * end of its lease is not too early for others, even if the wall clock was set back meanwhile.
   *
   * @param now the clocks before the request is built
   * @param leaseMillis the new lease duration in milliseconds
   * @return the hold until the reply
   */
  public Hold withPendingRenewal(ClockReading now, long leaseMillis) {
    long renewals = row.version().renewals() + 1;
    long expiresAtMillis =
        Math.max(
            row.leaseTerm().expiresAtMillis(),
            now.notBefore(grant.at()).wallMillis() + leaseMillis);
    List<SentLease> pending = new ArrayList<>(unconfirmed);
    pending.add(new SentLease(renewals, leaseMillis, expiresAtMillis, now));
    return new Hold(rowOf(pending.get(pending.size() - 1)), clockBounds, grant, confirmed, pending);
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
    return new RenewalResult.Renewed(new Hold(row, clockBounds, grant, found.get(), later));
  }

  /** Removes a renewal that cannot have applied; the row is that of the previous send. */
  private Hold afterFailedRenewal(Reply.Failed failed) {
    if (failed.mayHaveApplied()) {
      return this;
    }
    List<SentLease> possible =
        unconfirmed.stream().filter(s -> s.renewals() != row.version().renewals()).toList();
    SentLease newest = possible.isEmpty() ? confirmed : possible.get(possible.size() - 1);
    return new Hold(rowOf(newest), clockBounds, grant, confirmed, possible);
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
    return grant.mayDeleteRow() && !tokenExposed
        ? new Write.Delete(row)
        : new Write.End(endedRow(RowState.FREE, now.notBefore(grant.at()).wallMillis()));
  }

  /**
   * Returns the write that undoes an acquire by a wrong clock, before the lock is handed out. It
   * restores the replaced row with the token of this acquire, so that late copies of this acquire
   * and of its undo cannot apply again.
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
        : Optional.of(
            new Write.Restore(previousRow.withToken(row.version().token()), row.version()));
  }

  /**
   * Returns the write that ends this hold and records the completion. The retention starts at the
   * later of two times: the wall clock now, and the wall clock at the acquire plus the monotonic
   * time since then. So a wall clock that is set back does not shorten it. Its end is rounded up to
   * the milliseconds of the row.
   *
   * @param now the clocks now
   * @param retentionMillis time for which duplicates are answered, in milliseconds
   * @param result the result for duplicates; null for none
   * @return the completion
   */
  public Write.End completion(
      ClockReading now, long retentionMillis, @Nullable StoredValue result) {
    long startMillis = now.notBefore(grant.at()).wallMillisRoundedUp();
    LockRow completed = endedRow(RowState.COMPLETED, startMillis + retentionMillis);
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
    if (isOwnRowInState(RowState.HELD, current)) {
      return End.UNKNOWN; // restored again and again
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
