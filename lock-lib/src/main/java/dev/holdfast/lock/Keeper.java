package dev.holdfast.lock;

import dev.holdfast.lock.protocol.KeepingAlive.Move;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps locks alive: looks at each when that is due, and has done what {@link
 * dev.holdfast.lock.protocol.KeepingAlive} says. Has no thread while there is no lock to keep.
 * Thread-safe.
 *
 * <p>The thread that looks neither calls the table nor runs any code of a user's, so no lock waits
 * for another one. It sleeps by the locks' own clocks.
 */
final class Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);
  private static final long AFTER_A_DEFECT_NANOS = Duration.ofSeconds(1).toNanos();

  private final TimeSource time;
  private final Function<Consumer<Crew>, Crew> crews;
  private final TreeSet<Appointment> agenda = new TreeSet<>(Appointment.ORDER);
  private final Map<Kept, Appointment> appointments = new HashMap<>();
  private long appointmentsMade;
  private @Nullable Crew crew;

  /** When to look at a lock again. */
  private record Appointment(long atNanos, long number, Kept kept) {
    static final Comparator<Appointment> ORDER =
        Comparator.comparingLong(Appointment::atNanos).thenComparingLong(Appointment::number);
  }

  Keeper(TimeSource time) {
    this(time, Threads::new);
  }

  /** With another crew than threads. */
  Keeper(TimeSource time, Function<Consumer<Crew>, Crew> crews) {
    this.time = time;
    this.crews = crews;
  }

  synchronized void add(Kept kept) {
    if (kept.isOver()) {
      return;
    }
    appoint(kept, 0);
    if (crew == null) {
      crew = crews.apply(this::look);
      crew.start();
    }
    crew.wake();
  }

  /** Looks at a lock at once, since something has changed. */
  synchronized void reconsider(Kept kept) {
    appointAgain(kept, 0);
    if (crew != null) {
      crew.wake();
    }
  }

  /** Tells an owner of its loss, whether the lock is still looked after or not. */
  synchronized void tell(Runnable loss) {
    if (crew != null) {
      crew.tell(loss);
      return;
    }
    Crew forThis = crews.apply(this::look);
    forThis.tell(loss);
    forThis.dismiss();
  }

  /** Looks after a lock no more. The last one takes the threads with it. */
  synchronized void leave(Kept kept) {
    Appointment last = appointments.remove(kept);
    if (last != null) {
      agenda.remove(last);
    }
    if (appointments.isEmpty() && crew != null) {
      crew.dismiss();
      crew = null;
    }
  }

  private void appoint(Kept kept, long inNanos) {
    Appointment next = new Appointment(time.monotonicNanos() + inNanos, appointmentsMade++, kept);
    Appointment before = appointments.put(kept, next);
    if (before != null) {
      agenda.remove(before);
    }
    agenda.add(next);
  }

  private synchronized void appointAgain(Kept kept, long inNanos) {
    if (appointments.containsKey(kept)) {
      appoint(kept, inNanos);
    }
  }

  /** What the one thread does until there is nothing left to look after. */
  private void look(Crew mine) {
    while (isOn(mine)) {
      if (!lookAtOneThatIsDue()) {
        sleep(mine);
      }
    }
  }

  /** Whether there was one. */
  boolean lookAtOneThatIsDue() {
    Optional<Kept> due = due();
    due.ifPresent(this::lookAt);
    return due.isPresent();
  }

  private synchronized boolean isOn(Crew mine) {
    return crew == mine;
  }

  private synchronized Optional<Kept> due() {
    return untilNext() > 0 || agenda.isEmpty()
        ? Optional.empty()
        : Optional.of(agenda.first().kept());
  }

  private long untilNext() {
    return agenda.isEmpty() ? 0 : agenda.first().atNanos() - time.monotonicNanos();
  }

  /** Whatever goes wrong with one lock, the others are looked after. */
  private void lookAt(Kept kept) {
    try {
      follow(kept.look(), kept);
    } catch (RuntimeException | Error e) {
      LOG.error("lock={} outcome=could not be looked after", kept.name(), e);
      appointAgain(kept, AFTER_A_DEFECT_NANOS);
    }
  }

  private void follow(Move move, Kept kept) {
    if (move instanceof Move.Rest rest) {
      appointAgain(kept, rest.nanos());
    } else if (move instanceof Move.Renew renew) {
      renew(kept, renew.callNanos());
    } else {
      kept.tell((Move.Tell) move);
    }
  }

  private synchronized void renew(Kept kept, long callNanos) {
    appointAgain(kept, 0);
    if (crew != null && appointments.containsKey(kept)) {
      crew.call(() -> kept.renew(callNanos));
    }
  }

  private void sleep(Crew mine) {
    long nanos = fallingAsleep(mine);
    try {
      time.sleep(Duration.ofNanos(nanos));
    } catch (InterruptedException woken) {
      LOG.trace("woken");
    } finally {
      awake(mine);
    }
  }

  private synchronized long fallingAsleep(Crew mine) {
    mine.fallsAsleep();
    return isOn(mine) ? Math.max(0, untilNext()) : 0;
  }

  private synchronized void awake(Crew mine) {
    mine.isAwake();
  }
}
