package dev.holdfast.lambda;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.LockedCall;
import java.util.Optional;

/**
 * A row that is held, and renewed by itself where its lease is short.
 *
 * @param lock the row's; whoever ends it ends its renewals
 * @param interrupting what interrupts work when the lock is lost; empty where work is told alone
 */
record HeldRow(HeldLock lock, Optional<KeepAlive> interrupting) {

  static HeldRow of(HeldLock lock, Optional<Renewing> renewing) {
    try {
      Optional<KeepAlive> alive = renewing.map(r -> lock.keepAlive());
      boolean interrupts = renewing.filter(r -> r.onLoss() == OnLoss.INTERRUPT).isPresent();
      return new HeldRow(lock, alive.filter(a -> interrupts));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Work never begins under a lock that was lost while another was waited for. */
  <T, X extends Exception> T run(LockedCall<T, X> work) throws X {
    lock.ensureHeld();
    return interrupting.isPresent() ? interrupting.get().call(work) : work.call(lock);
  }
}
