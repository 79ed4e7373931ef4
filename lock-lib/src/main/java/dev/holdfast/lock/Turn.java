package dev.holdfast.lock;

import dev.holdfast.lock.Line.Place;
import dev.holdfast.lock.Lines.Look;
import dev.holdfast.lock.protocol.Attempt;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Memory;
import dev.holdfast.lock.protocol.Step;
import dev.holdfast.lock.protocol.Succession;
import java.time.Duration;
import java.util.Optional;

/** Waits until it is this place's turn to ask the table. Used by one thread. */
record Turn(Shell shell, Place place, Attempt attempt) {

  /** Empty when it is this place's turn; busy where the deadline came first. */
  Optional<Step.Outcome> await() throws InterruptedException {
    Look look = awaitUntilNobodyIsBefore();
    if (look.waitNanos() <= 0 && rests()) {
      look = awaitUntilNobodyIsBefore();
    }
    return look.waitNanos() > 0 && look.inTheWay() != null
        ? Optional.of(new Step.Busy(attempt, look.inTheWay()))
        : Optional.empty();
  }

  /**
   * Pauses between two tries: until there is a reason to look again that was not there when the
   * table was asked, and while somebody in this JVM who did not stand in line has the lock.
   */
  void pause(long nanos) throws InterruptedException {
    shell.time().await(place.signalSinceAsked(), Duration.ofNanos(nanos));
    awaitUntilNobodyIsBefore();
  }

  private Look awaitUntilNobodyIsBefore() throws InterruptedException {
    ClockReading now = shell.now();
    Look look = shell.lines().look(place, now);
    while (look.waitNanos() > 0 && attempt.waitNanos(now) > 0) {
      long nanos = Math.min(look.waitNanos(), attempt.waitNanos(now));
      shell.time().await(look.signal(), Duration.ofNanos(nanos));
      now = shell.now();
      look = shell.lines().look(place, now);
    }
    return look;
  }

  /** Lets others by where it must. While it does, one who does not stand in line may come first. */
  private boolean rests() throws InterruptedException {
    ClockReading now = shell.now();
    Memory known = shell.memories().of(place.name());
    Succession succession = shell.lines().succession(place);
    if (!succession.mustRest(place.waitedForAHolder(), known, now)) {
      return false;
    }
    shell.lines().rested(place);
    long rest = succession.restNanos(attempt.claim(), known, now, shell.draws());
    long nanos = Math.min(rest, attempt.waitNanos(now));
    if (nanos > 0) {
      shell.time().sleep(Duration.ofNanos(nanos));
    }
    return true;
  }
}
