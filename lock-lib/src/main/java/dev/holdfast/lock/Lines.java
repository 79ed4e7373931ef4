package dev.holdfast.lock;

import dev.holdfast.lock.Line.Place;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Hold;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Succession;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The lines of this JVM, one for each lock of a table. Of those who wait for a lock only the first
 * ever asks the table, and nobody asks while the lock is held in this JVM.
 *
 * <p>Bounded: the line that was used longest ago and in which nobody waits is forgotten first,
 * which costs refused tries, never safety. Thread-safe. A simulation looks on, in a class of its
 * own.
 */
class Lines {
  private static final int LINES_MAX = 1_024;

  private final Map<String, Line> byName = new LinkedHashMap<>(16, 0.75f, true);

  /** What a place in line is told. */
  record Look(long waitNanos, CompletableFuture<Void> signal, @Nullable LockRow inTheWay) {}

  synchronized Place enter(String name) {
    Place place = new Place(name);
    line(name).add(place);
    return place;
  }

  synchronized void leave(Place place) {
    line(place.name()).remove(place);
  }

  synchronized Look look(Place place, ClockReading now) {
    Line line = line(place.name());
    CompletableFuture<Void> signal = place.signal();
    return new Look(line.waitNanos(place, now), signal, line.inTheWay(now));
  }

  synchronized Succession succession(Place place) {
    return line(place.name()).succession();
  }

  synchronized void rested(Place place) {
    line(place.name()).rested();
  }

  synchronized void held(Hold hold, int pauses, ClockReading now) {
    line(hold.row().name()).held(hold, pauses, now);
  }

  synchronized void extended(Hold hold) {
    line(hold.row().name()).extended(hold);
  }

  synchronized void ended(LockRow row, ClockReading now) {
    line(row.name()).ended(row, now);
  }

  synchronized void saw(LockRow row) {
    Line line = byName.get(row.name());
    if (line != null && !line.isEmpty()) {
      line.saw(row);
    }
  }

  private Line line(String name) {
    Line known = byName.get(name);
    if (known != null) {
      return known;
    }
    Line line = new Line();
    byName.put(name, line);
    if (byName.size() > LINES_MAX) {
      forgetOne(line);
    }
    return line;
  }

  private void forgetOne(Line butNot) {
    Iterator<Line> eldestFirst = byName.values().iterator();
    while (eldestFirst.hasNext()) {
      Line line = eldestFirst.next();
      if (line.isEmpty() && line != butNot) {
        eldestFirst.remove();
        return;
      }
    }
  }
}
