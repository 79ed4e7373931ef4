package dev.holdfast.lambda;

import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;

/**
 * Counts what only the lock sees.
 *
 * @param tally of the invocation
 */
record TallyListener(Tally tally) implements LockListener {

  @Override
  public void acquired(LockEvent.Acquired event) {
    tally.add(LockMetric.REFUSED_PUTS, event.refusedPuts());
  }

  @Override
  public void refused(LockEvent.Refused event) {
    tally.add(LockMetric.REFUSED_PUTS, event.refusedPuts());
  }

  @Override
  public void takenOver(LockEvent.TakenOver event) {
    tally.count(LockMetric.TAKEN_OVER);
  }
}
