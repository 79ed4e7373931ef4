package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.internal.time.RenewalSettings;
import dev.holdfast.lambda.model.LockLossPolicy;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import java.util.Optional;

/**
 * A row that is held, and renewed by itself where its lease is short.
 *
 * @param lock the row's; whoever ends it ends its renewals
 * @param interruptingKeepAlive what interrupts work when the lock is lost; empty where work is told
 *     alone
 */
record WorkLock(HeldLock lock, Optional<KeepAlive> interruptingKeepAlive) {

  static WorkLock of(HeldLock lock, Optional<RenewalSettings> renewal) {
    try {
      Optional<KeepAlive> keepAlive = renewal.map(r -> lock.keepAlive());
      boolean interrupts =
          renewal.filter(r -> r.lossPolicy() == LockLossPolicy.INTERRUPT).isPresent();
      return new WorkLock(lock, keepAlive.filter(a -> interrupts));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Work never begins under a lock that was lost while another was waited for. */
  <T, X extends Exception> T run(LockCallback<Lease, T, X> work) throws X {
    lock.ensureHeld();
    return interruptingKeepAlive.isPresent()
        ? interruptingKeepAlive.get().call(work)
        : work.call(lock);
  }
}
