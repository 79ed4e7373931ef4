package dev.holdfast.verification.support;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.PendingDelivery;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Faults of random schedules. */
public final class RandomFaults {
  /** The faults of a single request. */
  public static final List<Fault> SINGLE_REQUEST =
      List.of(
          Fault.REQUEST_LOST,
          Fault.REPLY_LOST,
          Fault.REQUEST_DELAYED,
          Fault.DUPLICATED,
          Fault.FAILED_BEFORE_APPLYING,
          Fault.FAILED_AFTER_APPLYING,
          Fault.THROTTLED,
          Fault.DENIED,
          Fault.UNREACHABLE);

  /** The faults of all requests during an outage. */
  public static final List<Fault> OUTAGES =
      List.of(
          Fault.REQUEST_LOST,
          Fault.REPLY_LOST,
          Fault.FAILED_BEFORE_APPLYING,
          Fault.FAILED_AFTER_APPLYING,
          Fault.THROTTLED,
          Fault.DENIED,
          Fault.UNREACHABLE);

  private RandomFaults() {}

  /** Returns one of several faults. */
  public static Fault choose(Random random, List<Fault> faults) {
    return faults.get(random.nextInt(faults.size()));
  }

  /**
   * Schedules a fault of the next request.
   *
   * @return the request or copy that arrives later, if the fault delays or duplicates the request
   */
  public static Optional<PendingDelivery> scheduleNext(FaultInjector injector, Fault fault) {
    return switch (fault) {
      case REQUEST_DELAYED -> Optional.of(injector.nextRequestDelayed());
      case DUPLICATED -> Optional.of(injector.nextDuplicated());
      default -> {
        injector.next(fault);
        yield Optional.empty();
      }
    };
  }
}
