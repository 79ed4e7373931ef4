package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockClockException;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.TicketRefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Makes calls, and counts those that fail as they may. */
record Calls(Judge judge, Network network, Tally tally, int sendingsMax) {
  private static final Map<Class<?>, Event> FAILURES =
      Map.of(
          LockAccessDeniedException.class, Event.DENIED,
          LockClockException.class, Event.CLOCK_OFF,
          LockTableUnreachableException.class, Event.UNREACHABLE,
          LockThrottledException.class, Event.THROTTLED,
          LockOutcomeUnknownException.class, Event.OUTCOME_UNKNOWN,
          LockLostException.class, Event.LOST,
          LockClosedException.class, Event.CLOSED_BEFORE,
          TicketRefusedException.class, Event.TICKET_REFUSED);

  /** A call by which a host asks for a lock. */
  void make(Host host, Runnable call) {
    int elsewhere = network.happenedElsewhere();
    long ahead = host.clock().ahead();
    made(
        () -> {
          try {
            call.run();
          } catch (LockClockException e) {
            if (network.happenedElsewhere() == elsewhere) {
              judge.clocks().checkClockOff(host, ahead, e.off());
            }
            throw e;
          }
        });
  }

  /** A call on locks that were handed out. */
  void make(Runnable call) {
    made(call);
  }

  /** How the call failed; empty where it went well. */
  private Optional<Event> made(Runnable call) {
    try {
      call.run();
      return Optional.empty();
    } catch (LockException e) {
      Event event = FAILURES.get(e.getClass());
      if (event == null) {
        throw e;
      }
      tally.count(event);
      return Optional.of(event);
    }
  }

  /** A call on a held lock: bounded in what it sends, and harmless to a successor. */
  void make(Grant grant, Runnable call) {
    Row before = judge.row();
    int sent = network.sendings();
    int elsewhere = network.happenedElsewhere();
    Duration left = grant.left();
    Optional<Event> failure = made(() -> grant.use(call));
    if (network.happenedElsewhere() == elsewhere) {
      judge.checkUntouched(before, grant);
      if (failure.equals(Optional.of(Event.LOST))) {
        judge.checkReallyLost(before, grant, left);
      }
      Judge.require(network.sendings() - sent <= sendingsMax, "sent too often", grant.holder());
    }
    if (failure.equals(Optional.of(Event.CLOSED_BEFORE))) {
      grant.end();
    }
    if (failure.equals(Optional.of(Event.LOST))) {
      judge.checkLost(grant);
    }
  }
}
