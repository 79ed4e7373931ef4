package dev.holdfast.verification.processes;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.PendingDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/** Faults on the wire, as a seed says; what it holds back arrives later, or never. */
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

  /** More entries for the script than are used up until the next time. */
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

  /** Half of what is under way arrives, in any order. */
  void deliverSome() {
    List<PendingDelivery> arrived =
        heldRequests.stream().filter(each -> each.isSent() && random.nextBoolean()).toList();
    heldRequests.removeAll(arrived);
    arrived.forEach(PendingDelivery::deliver);
  }

  /** From now on all goes well, and all that was held back arrives. */
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
