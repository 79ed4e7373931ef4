package dev.holdfast.lock;

import dev.holdfast.lock.protocol.Hold;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Step;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a listener is told of one wish for a lock, or of several one after the other. Measures
 * nothing where nobody listens. Used by one thread.
 */
final class Asking {
  private final Shell shell;
  private final @Nullable CountingTable counting;
  private long sinceNanos;

  private Asking(Shell shell, @Nullable CountingTable counting) {
    this.shell = shell;
    this.counting = counting;
    this.sinceNanos = counting == null ? 0 : shell.time().monotonicNanos();
  }

  static Asking by(Shell shell) {
    return new Asking(shell, shell.listening().isOn() ? new CountingTable(shell.table()) : null);
  }

  /** What to ask with. */
  Shell shell() {
    return counting == null ? shell : shell.on(counting);
  }

  /** Tells what came of the wish; the next one begins. */
  Step.Outcome told(Step.Outcome outcome) {
    if (counting != null) {
      long now = shell.time().monotonicNanos();
      tell(outcome, Duration.ofNanos(now - sinceNanos), counting.taken());
      sinceNanos = now;
    }
    return outcome;
  }

  private void tell(Step.Outcome outcome, Duration waited, int refused) {
    if (outcome instanceof Step.Granted granted) {
      acquired(granted.hold(), waited, refused);
      takenOver(granted).ifPresent(e -> shell.listening().tell(l -> l.takenOver(e)));
    } else if (outcome instanceof Step.Busy busy) {
      refused(outcome, Optional.of(Holder.of(busy.row())), waited, refused);
    } else if (outcome instanceof Step.Done) {
      refused(outcome, Optional.empty(), waited, refused);
    }
  }

  private void acquired(Hold hold, Duration waited, int refused) {
    String name = hold.row().name();
    shell.listening().tell(l -> l.acquired(new LockEvent.Acquired(name, waited, refused)));
  }

  private void refused(
      Step.Outcome outcome, Optional<Holder> holder, Duration waited, int refused) {
    String name = outcome.ended().claim().name();
    shell.listening().tell(l -> l.refused(new LockEvent.Refused(name, holder, waited, refused)));
  }

  /** A row of ours that was given up, or whose answer got lost, was nobody's. */
  private static Optional<LockEvent.TakenOver> takenOver(Step.Granted granted) {
    String mine = granted.hold().row().stamp().nonce();
    if (!(granted.replaced() instanceof LockRow before)
        || before.state() != RowState.HELD
        || before.stamp().nonce().equals(mine)
        || granted.ended().orphans().contains(before.stamp().nonce())) {
      return Optional.empty();
    }
    long won = granted.hold().confirmed().at().wallMillis();
    long after = Math.max(0, won - before.term().expiresAtMillis());
    return Optional.of(
        new LockEvent.TakenOver(before.name(), Holder.of(before), Duration.ofMillis(after)));
  }
}
