package dev.holdfast.lock;

import dev.holdfast.lock.TicketRefusedException.Reason;
import dev.holdfast.lock.protocol.Claim;
import dev.holdfast.lock.protocol.ClockError.Beyond;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Hold;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Redeeming;
import dev.holdfast.lock.protocol.Redeeming.Result;
import dev.holdfast.lock.protocol.Seen;
import dev.holdfast.lock.protocol.Ticket;
import java.time.Duration;
import java.util.Optional;

/**
 * Redeems tickets: sends what the protocol says, and says what is wrong.
 *
 * @param shell the way to the table
 * @param settings who redeems, and how far clocks are trusted
 */
record Redemption(Shell shell, Settings settings) {

  HeldLock redeemed(String text) {
    Ticket ticket = TicketText.read(text);
    checkTable(ticket);
    Claim claim = settings.claim(ticket);
    Redeeming redeeming = Redeeming.of(ticket, claim, shell.now(), shell.draws());
    if (ticket.hasExpired(redeeming.sampled(), claim.bounds())) {
      throw refused(Reason.EXPIRED, ticket, "its lease has ended");
    }
    long callsEnd = redeeming.sampled().monotonicNanos() + Settings.CALLS_UNBOUNDED_NANOS;
    Result result = redeeming.onReply(shell.transmit(redeeming.write(), callsEnd), shell.now());
    if (result instanceof Result.Redeemed redeemed) {
      return held(redeemed.hold(), callsEnd);
    }
    throw failure(ticket, result, callsEnd);
  }

  /** Nobody holds what the giver left, so a wrong clock gives it back by freeing it. */
  private HeldLock held(Hold hold, long callsEnd) {
    ClockReading now = shell.now();
    Optional<Beyond> off = shell.clockBeyond(hold.row().name(), now, hold.bounds());
    if (off.isPresent()) {
      shell.abandon(hold.release(now, true), callsEnd);
      throw new LockClockException(hold.row().name(), off.get());
    }
    shell.lines().held(hold, 0, now);
    Duration took = Duration.ofNanos(now.elapsedNanosSince(hold.confirmed().at()));
    String name = hold.row().name();
    shell.listening().tell(l -> l.acquired(new LockEvent.Acquired(name, took, 0)));
    return new HeldLock(shell, hold, callsEnd);
  }

  private void checkTable(Ticket ticket) {
    String table = shell.table().name();
    if (!ticket.table().equals(table)) {
      throw refused(
          Reason.OTHER_TABLE,
          ticket,
          "its lock is in table '" + ticket.table() + "' and this one is '" + table + "'");
    }
  }

  private RuntimeException failure(Ticket ticket, Result result, long callsEnd) {
    if (result instanceof Result.Refused refused) {
      return refused(ticket, refused.current());
    }
    if (result instanceof Result.TooLate late) {
      shell.abandon(late.release(), callsEnd);
      return Failures.answeredTooLate(ticket.name());
    }
    Result.Failed failed = (Result.Failed) result;
    if (!failed.failure().mayHaveApplied()) {
      return failed.failure().error();
    }
    shell.abandon(failed.release(), callsEnd);
    return new LockOutcomeUnknownException(
        ticket.name(), "the redemption of a ticket", failed.failure().error());
  }

  private static RuntimeException refused(Ticket ticket, Seen current) {
    if (current instanceof Seen.ForeignRow foreign) {
      return new ForeignRowException(ticket.name(), foreign.reason());
    }
    return refused(
        Reason.USED,
        ticket,
        current instanceof LockRow row
            ? "it was redeemed before, or the lock went on without it: its row is now "
                + row.state()
                + " by "
                + row.claimant().holder()
            : "its row is gone: it was redeemed and released, or deleted");
  }

  private static TicketRefusedException refused(Reason reason, Ticket ticket, String why) {
    return new TicketRefusedException(
        reason,
        "the ticket for lock '"
            + ticket.name()
            + "' cannot be redeemed, "
            + why
            + ": acquire the lock instead");
  }
}
