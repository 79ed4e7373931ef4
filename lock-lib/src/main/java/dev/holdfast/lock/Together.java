package dev.holdfast.lock;

import dev.holdfast.lock.Line.Place;
import dev.holdfast.lock.protocol.Attempt;
import dev.holdfast.lock.protocol.Claim;
import dev.holdfast.lock.protocol.Gathering;
import dev.holdfast.lock.protocol.Gathering.Move;
import dev.holdfast.lock.protocol.Renewal;
import dev.holdfast.lock.protocol.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs one attempt to win several locks together, as {@link Gathering} says. Used by one thread,
 * once.
 */
final class Together {
  private final Shell shell;
  private final Settings settings;
  private final LockSet set;
  private final Function<Step.Granted, HeldLock> hold;
  private final List<HeldLock> held = new ArrayList<>();
  private final Asking asking;
  private @Nullable Place place;

  Together(Shell shell, Settings settings, LockSet set, Function<Step.Granted, HeldLock> hold) {
    this.shell = shell;
    this.settings = settings;
    this.set = set;
    this.hold = hold;
    this.asking = Asking.by(shell);
  }

  /**
   * Wins all of the locks or gives back what it has. Bounded by the attempt's deadline: past it
   * each lock is tried once and none renewed.
   */
  HeldLocks run() throws InterruptedException {
    boolean complete = false;
    try {
      Gathering gathering = started();
      Move move = gathering.next(remaining(), shell.now());
      while (!(move instanceof Move.Complete)) {
        gathering = after(move, gathering);
        move = gathering.next(remaining(), shell.now());
      }
      complete = true;
      return new HeldLocks(held);
    } finally {
      leaveLine();
      if (!complete) {
        giveBack(0);
      }
    }
  }

  private Gathering started() {
    List<Claim> claims = set.names().stream().map(set::request).map(settings::claim).toList();
    LockRequest any = set.request(set.names().get(0));
    Attempt.Limits limits = Settings.limits(any, settings.waitFor(any));
    return Gathering.start(claims, limits, shell.now());
  }

  private List<Long> remaining() {
    return held.stream().map(member -> member.remaining().toNanos()).toList();
  }

  private Gathering after(Move move, Gathering gathering) throws InterruptedException {
    if (move instanceof Move.Try next) {
      return tried(next, gathering);
    }
    if (move instanceof Move.Renew renew) {
      return renewed(renew.index(), gathering);
    }
    if (move instanceof Move.GiveBack back) {
      giveBack(back.from());
      leaveLine();
      return gathering.gaveBack(back.from(), shell.now());
    }
    HeldLock lost = held.get(((Move.Lost) move).index());
    throw new LockLostException(lost.name(), lost.seen().phase().text());
  }

  private Gathering tried(Move.Try next, Gathering gathering) throws InterruptedException {
    Interrupts.throwIfInterrupted(next.claim().name());
    Step.Outcome outcome = asked(next);
    if (outcome instanceof Step.Granted granted) {
      held.add(hold.apply(granted));
      asking.told(granted);
      leaveLine();
      return gathering.granted(shell.now());
    }
    if (gathering.goesOnAfter(outcome, shell.now())) {
      return gathering;
    }
    asking.told(outcome);
    LockRequest request = set.request(next.claim().name());
    throw Failures.ofWaiting(request, settings.waitFor(request), outcome);
  }

  /** A place in line is kept while locks that are held are renewed. */
  private Step.Outcome asked(Move.Try next) throws InterruptedException {
    if (next.limits().waitNanos() <= 0) {
      return asking.shell().run(next.claim(), next.limits());
    }
    Place inLine = place == null ? shell.lines().enter(next.claim().name()) : place;
    place = inLine;
    return asking.shell().run(next.claim(), next.limits(), inLine);
  }

  private void leaveLine() {
    if (place != null) {
      shell.lines().leave(place);
      place = null;
    }
  }

  private Gathering renewed(int index, Gathering gathering) {
    HeldLock member = held.get(index);
    Duration lease = Duration.ofMillis(gathering.claims().get(index).leaseMillis());
    Renewal renewal = member.renewal(lease);
    if (renewal instanceof Renewal.Unknown unknown && !gathering.goesOnAfter(unknown.failure())) {
      throw unknown.failure().error();
    }
    return gathering.renewed(index, member.remaining().toNanos());
  }

  private void giveBack(int from) {
    while (held.size() > from) {
      held.remove(held.size() - 1).close();
    }
  }
}
