package dev.holdfast.verification.processes;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.PendingDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Injects faults into HTTP requests by a seed. Delayed requests and replies arrive later, or never.
 */
final class RandomFaultInjector {
  private static final List<Fault> IMMEDIATE_FAULTS =
      List.of(
          Fault.REQUEST_LOST,
          Fault.REPLY_LOST,
          Fault.FAILED_BEFORE_APPLYING,
          Fault.FAILED_AFTER_APPLYING,
          Fault.THROTTLED,
          Fault.DENIED);
  private static final List<Fault> DELAYING_FAULTS =
      List.of(Fault.REQUEST_DELAYED, Fault.REPLY_DELAYED, Fault.DUPLICATED);
  private static final int MAX_PASSES_BETWEEN_FAULTS = 16;
  private static final int FAULTS_PER_ROUND = 12;

  private final FaultInjector faults;
  private final Random random;
  private final List<PendingDelivery> heldRequests = new ArrayList<>();

  RandomFaultInjector(FaultInjector faults, Random random) {
    this.faults = faults;
    this.random = random;
  }

  /** Schedules more faults than the requests before the next call can consume. */
  void scheduleFaults() {
    for (int i = 0; i < FAULTS_PER_ROUND; i++) {
      for (int passes = random.nextInt(MAX_PASSES_BETWEEN_FAULTS); passes >= 0; passes--) {
        faults.nextPasses();
      }
      if (random.nextInt(3) == 0) {
        List<Supplier<PendingDelivery>> kinds =
            List.of(faults::nextRequestDelayed, faults::nextReplyDelayed, faults::nextDuplicated);
        heldRequests.add(kinds.get(random.nextInt(kinds.size())).get());
      } else {
        faults.next(IMMEDIATE_FAULTS.get(random.nextInt(IMMEDIATE_FAULTS.size())));
      }
    }
  }

  /** Delivers half of the delayed messages, in any order. */
  void deliverSome() {
    List<PendingDelivery> arrived =
        heldRequests.stream().filter(each -> each.isSent() && random.nextBoolean()).toList();
    heldRequests.removeAll(arrived);
    arrived.forEach(PendingDelivery::deliver);
  }

  /** Stops all faults and delivers all delayed messages. */
  void stopFaults() {
    faults.clear();
    heldRequests.stream().filter(PendingDelivery::isSent).forEach(PendingDelivery::deliver);
    heldRequests.clear();
  }

  int injectedCount() {
    return IMMEDIATE_FAULTS.stream().mapToInt(faults::injectedCount).sum()
        + DELAYING_FAULTS.stream().mapToInt(faults::injectedCount).sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    IMMEDIATE_FAULTS.forEach(each -> append(text, each));
    DELAYING_FAULTS.forEach(each -> append(text, each));
    return text.toString();
  }

  private void append(StringBuilder text, Fault fault) {
    text.append(text.isEmpty() ? "" : ", ");
    text.append(fault.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    text.append(' ').append(faults.injectedCount(fault));
  }
}
