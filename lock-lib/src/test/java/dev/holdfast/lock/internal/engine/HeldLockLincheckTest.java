package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.LockRow;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Checks with Lincheck that a held lock that threads share is linearizable: each result is one that
 * a sequential execution returns.
 */
public class HeldLockLincheckTest {
  /** Classes without shared state or with tests of their own, treated as atomic by Lincheck. */
  private static final ManagedStrategyGuarantee.MethodBuilder ATOMIC_CLASSES =
      ManagedStrategyGuaranteeKt.forClasses(
          LockEngine.class.getName(),
          ListenerNotifier.class.getName(),
          HoldState.class.getName(),
          Hold.class.getName(),
          LockRow.class.getName(),
          TransferCodec.class.getName(),
          Duration.class.getName());

  private final HeldLock lock = SingleRowLockStore.acquire("order-42");

  @Operation
  public boolean isHeld() {
    return lock.isHeld();
  }

  @Operation
  public long fencingToken() {
    return lock.fencingToken().value();
  }

  @Operation
  public void renew() {
    lock.renew();
  }

  @Operation
  public ReleaseOutcome release() {
    return lock.release();
  }

  @Operation
  public void complete() {
    lock.complete(Duration.ofDays(1));
  }

  @Operation
  public String transfer() {
    return lock.transfer();
  }

  @Operation
  public void close() {
    lock.close();
  }

  @Test
  void operations_inEveryInterleaving_areLinearizable() {
    check(HeldLockLincheckTest.class);
    report("read, renew, release, complete, close and transfer it");
  }

  /** Operations of one test only, so that few scenarios suffice. */
  public static class RenewAndClose {
    private final HeldLock lock = SingleRowLockStore.acquire("order-42");

    @Operation
    public void renew() {
      lock.renew();
    }

    @Operation
    public void close() {
      lock.close();
    }
  }

  @Test
  void renew_followedByClose_doesNotReportALoss() {
    check(RenewAndClose.class);
    report("renew and close it");
  }

  private static void check(Class<?> operations) {
    LincheckOptions.forThreads(2)
        .addGuarantee(ATOMIC_CLASSES.allMethods().treatAsAtomic())
        .check(operations);
  }

  private static void report(String operations) {
    LincheckOptions.printReport(
        HeldLockLincheckTest.class,
        "one held lock, by threads that " + operations,
        2,
        "each result was one of a sequential execution");
  }
}
