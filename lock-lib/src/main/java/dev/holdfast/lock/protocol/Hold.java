package dev.holdfast.lock.protocol;

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
 * @param bounds how far clocks are trusted
 * @param confirmed the newest sending that is known to have taken effect
 * @param unconfirmed renewals that may have taken effect, oldest first
 * @param forgettable whether deleting the row at release is harmless: the acquire replaced no row
 *     and no copy of it can arrive later
 */
public record Hold(
    LockRow row, ClockBounds bounds, Sent confirmed, List<Sent> unconfirmed, boolean forgettable) {

  /**
   * One sending of the row.
   *
   * @param version the row's version
   * @param leaseMillis the lease that it carried, in milliseconds
   * @param expiresAtMillis when others may take over, less their margin, in epoch milliseconds
   * @param at the clocks before it was sent
   */
  public record Sent(long version, long leaseMillis, long expiresAtMillis, ClockReading at) {

    static Sent first(LockRow row, ClockReading at) {
      return new Sent(0, row.term().leaseMillis(), row.term().expiresAtMillis(), at);
    }
  }

  /** Copies the list. */
  public Hold {
    unconfirmed = List.copyOf(unconfirmed);
  }

  static Hold acquired(Write.Acquire write, ClockReading at, ClockBounds bounds, boolean clean) {
    Sent sent = Sent.first(write.row(), at);
    return new Hold(write.row(), bounds, sent, List.of(), clean);
  }

  static Hold redeemed(Write.Redeem write, ClockReading at, ClockBounds bounds) {
    Sent sent = Sent.first(write.row(), at);
    return new Hold(write.row(), bounds, sent, List.of(), false);
  }

  /**
   * What another process must know to go on with this hold.
   *
   * @param table which table the row is in
   * @return the ticket; empty while a renewal is unanswered, since the row may be of either version
   */
  public Optional<Ticket> ticket(String table) {
    Term term = row.term();
    Ticket ticket =
        new Ticket(
            table,
            row.name(),
            row.stamp(),
            term.leaseMillis(),
            term.expiresAtMillis(),
            row.claimant().event(),
            row.claimant().memo().payloadHash());
    return unconfirmed.isEmpty() ? Optional.of(ticket) : Optional.empty();
  }

  /**
   * How long the holder may still believe that it holds the lock.
   *
   * @param now the clocks now
   * @return nanoseconds; 0 or less when validity is over, which is final
   */
  public long remainingNanos(ClockReading now) {
    long remaining = remainingNanos(confirmed, now);
    for (Sent sent : unconfirmed) {
      remaining = Math.min(remaining, remainingNanos(sent, now));
    }
    return remaining;
  }

  private long remainingNanos(Sent sent, ClockReading now) {
    return bounds.validityNanos(sent.leaseMillis()) - now.elapsedNanosSince(sent.at());
  }

  /**
   * The hold with one more renewal under way; its {@link #row} is what {@link Write.Renew} sends.
   *
   * @param now the clocks, read before the request is built
   * @param leaseMillis the new lease in milliseconds
   * @return the hold while the renewal is unanswered
   */
  public Hold renewing(ClockReading now, long leaseMillis) {
    long version = row.stamp().version() + 1;
    long end = Math.max(row.term().expiresAtMillis(), now.wallMillis() + leaseMillis);
    List<Sent> pending = new ArrayList<>(unconfirmed);
    pending.add(new Sent(version, leaseMillis, end, now));
    return new Hold(
        rowAs(pending.get(pending.size() - 1)), bounds, confirmed, pending, forgettable);
  }

  /**
   * What a renewal came to.
   *
   * @param reply the reply to the {@link Write.Renew} of this hold's row
   * @return renewed, lost or unknown
   */
  public Renewal renewed(Reply reply) {
    if (reply instanceof Reply.Failed failed) {
      return new Renewal.Unknown(afterFailure(failed), failed);
    }
    if (reply instanceof Reply.Refused refused) {
      boolean mine = refused.current() instanceof LockRow other && isMine(other);
      return mine ? confirmed(((LockRow) refused.current()).stamp().version()) : new Renewal.Lost();
    }
    return confirmed(row.stamp().version());
  }

  private boolean isMine(LockRow other) {
    return other.isHeld()
        && other.bears(row.stamp().nonce())
        && other.stamp().token() == row.stamp().token();
  }

  private Renewal confirmed(long version) {
    Optional<Sent> shown = unconfirmed.stream().filter(s -> s.version() == version).findFirst();
    if (shown.isEmpty()) {
      return new Renewal.Lost();
    }
    List<Sent> later = unconfirmed.stream().filter(s -> s.version() > version).toList();
    return new Renewal.Renewed(new Hold(row, bounds, shown.get(), later, forgettable));
  }

  /** A renewal that certainly did not apply never was: the row is as it was sent before. */
  private Hold afterFailure(Reply.Failed failed) {
    if (failed.mayHaveApplied()) {
      return this;
    }
    List<Sent> possible =
        unconfirmed.stream().filter(s -> s.version() != row.stamp().version()).toList();
    Sent newest = possible.isEmpty() ? confirmed : possible.get(possible.size() - 1);
    return new Hold(rowAs(newest), bounds, confirmed, possible, forgettable);
  }

  private LockRow rowAs(Sent sent) {
    Stamp stamp = new Stamp(row.stamp().nonce(), row.stamp().token(), sent.version());
    Term term = bounds.term(sent.leaseMillis(), sent.expiresAtMillis());
    return new LockRow(row.name(), RowState.HELD, stamp, term, row.claimant(), row.waitMillis());
  }

  /**
   * The write that ends this hold.
   *
   * @param now the clocks now
   * @param tokenSeen whether the fencing token was ever handed out: if so the row stays as a marker
   * @return delete the row, or leave it {@link RowState#FREE}
   */
  public Write release(ClockReading now, boolean tokenSeen) {
    return forgettable && !tokenSeen
        ? new Write.Forget(row)
        : new Write.Settle(settled(RowState.FREE, now.wallMillis()));
  }

  /**
   * The write that takes back a hold that was won by a wrong clock and never handed out.
   *
   * @param replaced what it replaced
   * @param now the clocks now
   * @return the row as it was before, or a marker where nobody held one; empty where it is not
   *     known what was replaced: then the row stays until its lease ends, since another may believe
   *     in the one before
   */
  public Optional<Write> undo(Seen replaced, ClockReading now) {
    if (!(replaced instanceof LockRow before) || before.state() == RowState.FREE) {
      return Optional.of(release(now, true));
    }
    return before.bears(row.stamp().nonce())
        ? Optional.empty()
        : Optional.of(new Write.Restore(before, row.stamp()));
  }

  /**
   * The write that ends this hold and remembers that its work is done, for the whole window: its
   * end is rounded up to a millisecond, by which rows count.
   *
   * @param now the clocks now
   * @param windowMillis how long duplicates are answered, from now, in milliseconds
   * @param result what they are told that the work came to; null to tell them nothing of that
   * @return the completion
   */
  public Write.Settle completion(ClockReading now, long windowMillis, @Nullable Result result) {
    LockRow done = settled(RowState.DONE, now.wallMillisUp() + windowMillis);
    Claimant keeping = done.claimant().keeping(result);
    return new Write.Settle(
        new LockRow(done.name(), done.state(), done.stamp(), done.term(), keeping));
  }

  private LockRow settled(RowState state, long expiresAtMillis) {
    Term term = bounds.term(row.term().leaseMillis(), expiresAtMillis);
    return new LockRow(row.name(), state, row.stamp(), term, row.claimant());
  }

  /**
   * What a release came to.
   *
   * @param reply the reply to {@link #release}
   * @param sentWhileValid whether validity was not over when it was first sent: then nobody else
   *     could have taken the row, so a row that is gone went by an earlier copy of this request
   * @return the outcome
   */
  public Ending released(Reply reply, boolean sentWhileValid) {
    if (reply instanceof Reply.Failed) {
      return Ending.UNKNOWN;
    }
    if (reply instanceof Reply.Refused refused && settledAs(RowState.DONE, refused.current())) {
      return Ending.COMPLETED;
    }
    boolean free =
        sentWhileValid
            || !(reply instanceof Reply.Refused refused)
            || settledAs(RowState.FREE, refused.current());
    return free ? Ending.RELEASED : Ending.LOST;
  }

  /**
   * What a completion came to.
   *
   * @param reply the reply to {@link #completion}
   * @return completed, lost or unknown
   */
  public Ending completed(Reply reply) {
    if (reply instanceof Reply.Failed) {
      return Ending.UNKNOWN;
    }
    boolean lost =
        reply instanceof Reply.Refused refused && !settledAs(RowState.DONE, refused.current());
    return lost ? Ending.LOST : Ending.COMPLETED;
  }

  private boolean settledAs(RowState state, Seen seen) {
    return seen instanceof LockRow other
        && other.state() == state
        && other.bears(row.stamp().nonce());
  }
}
