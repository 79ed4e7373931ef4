package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.TicketRefusedException;
import dev.holdfast.testkit.ManualTime;
import java.time.Duration;
import java.util.Random;

/** How hosts come by the lock: they try, wait, are interrupted, or redeem a ticket. */
final class Askers {
  private static final long LEASE_MILLIS_MIN = 1_000;
  private static final int LEASE_MILLIS_MORE = 9_000;
  private static final int WAIT_MILLIS_MAX = 5_000;
  private static final int INTERRUPTED_ONE_IN = 3;
  private static final Duration SERVED_WITHIN = Duration.ofSeconds(25);

  private final Random random;
  private final Calls calls;
  private final ManualTime truth;
  private final String name;
  private int requests;
  private boolean waiting;

  Askers(Random random, Calls calls, ManualTime truth, String name) {
    this.random = random;
    this.calls = calls;
    this.truth = truth;
    this.name = name;
  }

  void tries(Host host) {
    LockRequest request = request(host);
    calls.make(host, () -> tries(host, request));
  }

  private void tries(Host host, LockRequest request) {
    Row before = calls.judge().row();
    int elsewhere = calls.network().happenedElsewhere();
    long asked = calls.judge().asked();
    long ahead = host.clock().ahead();
    long since = truth.monotonicNanos();
    Acquisition answer = host.locks().tryAcquire(request);
    if (calls.network().happenedElsewhere() == elsewhere) {
      if (answer instanceof Acquisition.Acquired) {
        Duration took = Duration.ofNanos(truth.monotonicNanos() - since);
        calls.judge().clocks().checkClockOfWinner(host, ahead, took);
      }
      calls.judge().checkAnswer(answer, host.clock().wall(), holderOf(request));
      countTakeOver(before, host, answer);
    }
    count(
        answer.fold(
            lock -> granted(new Grant(lock, host, holderOf(request), spell(asked)), Event.GRANTED),
            busy -> Event.BUSY,
            done -> Event.DONE));
  }

  private void countTakeOver(Row before, Host host, Acquisition answer) {
    if (before.is("HELD") && answer instanceof Acquisition.Acquired) {
      boolean ended = before.number("expires_at") <= host.clock().wall().toEpochMilli();
      count(ended ? Event.TAKEN_OVER_AFTER_ITS_END : Event.TAKEN_OVER_BEFORE_ITS_END);
    }
  }

  private LockRequest request(Host host) {
    host.clock().thaw();
    Duration lease = Duration.ofMillis(LEASE_MILLIS_MIN + random.nextInt(LEASE_MILLIS_MORE));
    return LockRequest.of(name).lease(lease).holder(holder(host));
  }

  private String holder(Host host) {
    return host.label() + " #" + ++requests;
  }

  private static String holderOf(LockRequest request) {
    return String.valueOf(request.holder());
  }

  private Spell spell(long asked) {
    return calls.judge().spell(asked);
  }

  private Event granted(Grant grant, Event how) {
    if (!grant.ended()) {
      calls.judge().granted(grant);
      if (random.nextBoolean()) {
        grant.see();
      }
    }
    return how;
  }

  private void count(Event event) {
    calls.tally().count(event);
  }

  void waits(Host host) {
    LockRequest request =
        request(host).waitUpTo(Duration.ofMillis(random.nextInt(WAIT_MILLIS_MAX)));
    if (random.nextInt(INTERRUPTED_ONE_IN) == 0) {
      truth.after(Duration.ofMillis(random.nextInt(WAIT_MILLIS_MAX)), this::interrupt);
    }
    waiting = true;
    calls.make(host, () -> waits(host, request));
    waiting = false;
    Thread.interrupted();
  }

  private void interrupt() {
    if (waiting) {
      Thread.currentThread().interrupt();
    }
  }

  private void waits(Host host, LockRequest request) {
    try {
      long asked = calls.judge().asked();
      HeldLock lock = host.locks().acquire(request);
      count(granted(new Grant(lock, host, holderOf(request), spell(asked)), Event.WAITED));
    } catch (LockUnavailableException e) {
      count(Event.UNAVAILABLE);
    } catch (AlreadyDoneException e) {
      count(Event.DONE);
    } catch (InterruptedException e) {
      count(Event.INTERRUPTED);
    }
  }

  /** A ticket is good for one redeemer, and good while the row stands as its giver left it. */
  void redeems(Host host, String ticket, Row given) {
    host.clock().thaw();
    String holder = holder(host);
    int elsewhere = calls.network().happenedElsewhere();
    boolean unchanged = calls.judge().row().equals(given);
    calls.make(
        host,
        () -> {
          try {
            long asked = calls.judge().asked();
            HeldLock lock = host.locks().withHolder(holder).redeem(ticket);
            count(granted(new Grant(lock, host, holder, spell(asked)), Event.REDEEMED));
          } catch (TicketRefusedException e) {
            boolean alone = calls.network().happenedElsewhere() == elsewhere;
            boolean used = e.reason() == TicketRefusedException.Reason.USED;
            Judge.require(!(alone && unchanged && used), "a good ticket was refused", holder);
            throw e;
          }
        });
  }

  /** Nobody is left out for good, whatever went before. */
  void isServed(Host host) {
    long start = truth.monotonicNanos();
    try (HeldLock lock = host.locks().acquire(request(host).waitUpTo(SERVED_WITHIN))) {
      Duration took = Duration.ofNanos(truth.monotonicNanos() - start);
      Judge.require(lock.isHeld(), "served, and does not hold it", host.label());
      Judge.require(took.compareTo(SERVED_WITHIN) <= 0, "served late", host.label() + took);
      count(Event.SERVED);
    } catch (LockUnavailableException | AlreadyDoneException | InterruptedException e) {
      throw new AssertionError("not served: " + host.label(), e);
    }
  }
}
