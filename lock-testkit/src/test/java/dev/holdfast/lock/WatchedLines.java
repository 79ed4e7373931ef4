package dev.holdfast.lock;

import dev.holdfast.lock.Line.Place;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Hold;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Succession;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The lines of one host, which tell what happens in them, in the thread that does it; and the same
 * with one rule bent, for a simulation that is to notice.
 */
public final class WatchedLines {
  private final Watcher watcher;
  private final Rule rule;

  /** Is told what happens in lines. */
  public interface Watcher {
    /** This thread stands in line from now on. */
    void entered(String name);

    /** This thread stands in line no more. */
    void left(String name);

    /** A thread of this host has won the lock, and believes in it until then. */
    void held(String name, long untilNanos);

    /** It has renewed the lock, or tried to, and believes in it until then. */
    void extended(String name, long untilNanos);

    /** What a thread of this host had is over. */
    void ended(String name);

    /** The first in line lets other hosts by. */
    void rests(String name);
  }

  /** One rule of the line, as it ships or bent. */
  public enum Rule {
    /** As it ships. */
    AS_SHIPPED,
    /** Who waits in line sleeps through the end of a hold. */
    END_WAKES_NOBODY,
    /** Who becomes the first in line is not told. */
    LEAVING_WAKES_NOBODY,
    /** Each in line asks the table. */
    EVERYBODY_ASKS,
    /** Who gave up stays in line. */
    NOBODY_LEAVES,
    /** The line does not know that the lock is held here. */
    HOLD_IS_NOT_NOTED,
    /** The line does not know that the lock was renewed here. */
    RENEWAL_IS_NOT_NOTED,
    /** The line goes on without a rest. */
    NOBODY_RESTS
  }

  /**
   * Lines in which nobody stands.
   *
   * @param watcher who is told
   * @param rule what is bent
   */
  public WatchedLines(Watcher watcher, Rule rule) {
    this.watcher = watcher;
    this.rule = rule;
  }

  /**
   * Has threads stand in these lines.
   *
   * @param locks locks of one host
   * @return the same, watched
   */
  public Locks of(Locks locks) {
    return locks.inLines(new Told());
  }

  private final class Told extends Lines {
    private final Map<String, String> holders = new HashMap<>();
    private boolean ending;
    private boolean leaving;

    @Override
    synchronized Place enter(String name) {
      watcher.entered(name);
      return super.enter(name);
    }

    @Override
    synchronized void leave(Place place) {
      leaving = true;
      if (rule != Rule.NOBODY_LEAVES) {
        super.leave(place);
      }
      leaving = false;
      watcher.left(place.name());
    }

    @Override
    synchronized Look look(Place place, ClockReading now) {
      Look look = super.look(place, now);
      long wait = rule == Rule.EVERYBODY_ASKS ? 0 : look.waitNanos();
      return new Look(wait, bent(look.signal()), look.inTheWay());
    }

    private CompletableFuture<Void> bent(CompletableFuture<Void> signal) {
      return signal.thenCompose(
          told -> {
            boolean deaf =
                (ending && rule == Rule.END_WAKES_NOBODY)
                    || (leaving && rule == Rule.LEAVING_WAKES_NOBODY);
            return deaf ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
          });
    }

    @Override
    synchronized Succession succession(Place place) {
      return rule == Rule.NOBODY_RESTS ? Succession.NONE : super.succession(place);
    }

    @Override
    synchronized void rested(Place place) {
      watcher.rests(place.name());
      super.rested(place);
    }

    @Override
    synchronized void held(Hold hold, int pauses, ClockReading now) {
      holders.put(hold.row().name(), nonce(hold.row()));
      watcher.held(hold.row().name(), until(hold));
      if (rule != Rule.HOLD_IS_NOT_NOTED) {
        super.held(hold, pauses, now);
      }
    }

    @Override
    synchronized void extended(Hold hold) {
      if (nonce(hold.row()).equals(holders.get(hold.row().name()))) {
        watcher.extended(hold.row().name(), until(hold));
      }
      if (rule != Rule.RENEWAL_IS_NOT_NOTED) {
        super.extended(hold);
      }
    }

    @Override
    synchronized void ended(LockRow row, ClockReading now) {
      ending = true;
      super.ended(row, now);
      ending = false;
      if (holders.remove(row.name(), nonce(row))) {
        watcher.ended(row.name());
      }
    }

    private static long until(Hold hold) {
      ClockReading confirmed = hold.confirmed().at();
      return confirmed.monotonicNanos() + hold.remainingNanos(confirmed);
    }

    private static String nonce(LockRow row) {
      return row.stamp().nonce();
    }
  }
}
