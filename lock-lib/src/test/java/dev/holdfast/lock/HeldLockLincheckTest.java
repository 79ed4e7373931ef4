package dev.holdfast.lock;

import dev.holdfast.lock.protocol.Hold;
import dev.holdfast.lock.protocol.LockRow;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Threads that share one held lock, in the interleavings that Lincheck tries: each answer is one
 * that they could have had one after the other.
 */
public class HeldLockLincheckTest {
  /** What the threads do not share, or what is shown elsewhere: nobody is stopped within it. */
  private static final ManagedStrategyGuarantee.MethodBuilder ASIDE =
      ManagedStrategyGuaranteeKt.forClasses(
          Shell.class.getName(),
          Listening.class.getName(),
          HoldState.class.getName(),
          Hold.class.getName(),
          LockRow.class.getName(),
          TicketText.class.getName(),
          Duration.class.getName());

  private final HeldLock lock = OneRow.acquired("order-42");

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
  public String ticket() {
    return lock.ticket();
  }

  @Operation
  public void close() {
    lock.close();
  }

  @Test
  void answers_areThoseOfSomeOrder_whateverTheInterleaving() {
    check(HeldLockLincheckTest.class);
    told("look, renew, release, complete, close it and hand it over");
  }

  /** Only what the test is about, so that few scenarios suffice. */
  public static class RenewedAndClosed {
    private final HeldLock lock = OneRow.acquired("order-42");

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
  void renewalThatIsFollowedByAClose_isNotToldThatTheLockIsLost() {
    check(RenewedAndClosed.class);
    told("renew and close it");
  }

  private static void check(Class<?> calls) {
    Interleavings.ofThreads(2).addGuarantee(ASIDE.allMethods().treatAsAtomic()).check(calls);
  }

  private static void told(String calls) {
    Interleavings.told(
        HeldLockLincheckTest.class,
        "one held lock, by threads that " + calls,
        2,
        "each answer was one that they could have had one after the other");
  }
}
