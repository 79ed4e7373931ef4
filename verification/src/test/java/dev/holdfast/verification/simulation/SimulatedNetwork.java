package dev.holdfast.verification.simulation;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.PendingDelivery;
import dev.holdfast.verification.support.RandomFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens to the next requests, as the seed says. */
final class SimulatedNetwork {
  private static final List<Fault> DELAYED_FAULTS =
      List.of(
          Fault.REQUEST_DELAYED,
          Fault.REQUEST_DELAYED,
          Fault.DUPLICATED,
          Fault.DUPLICATED,
          Fault.REPLY_LOST);
  private static final int STEPS_PER_OUTAGE = 20;
  private static final int MAX_ENTRIES = 3;

  private final WorldKind worldKind;
  private final Random random;
  private final FaultInjector faults;
  private final Runnable interleaving;
  private final List<PendingDelivery> pending = new ArrayList<>();
  private int interleavedCount;
  private int reorderedCount;

  /**
   * The way to a table.
   *
   * @param interleaving what others do while a request is under way
   */
  SimulatedNetwork(
      WorldKind worldKind, Random random, FaultInjector faults, Runnable interleaving) {
    this.worldKind = worldKind;
    this.random = random;
    this.faults = faults;
    this.interleaving = interleaving;
  }

  void scheduleNextFaults() {
    switch (random.nextInt(STEPS_PER_OUTAGE)) {
      case 0 -> faults.always(RandomFaults.choose(random, RandomFaults.OUTAGES));
      case 1 -> faults.nextFailsAfterApplying().always(Fault.UNREACHABLE);
      default -> {}
    }
    for (int entries = random.nextInt(MAX_ENTRIES + 1); entries > 0; entries--) {
      scheduleFault();
    }
  }

  private void scheduleFault() {
    switch (random.nextInt(6)) {
      case 0, 1 ->
          RandomFaults.scheduleNext(
                  faults,
                  RandomFaults.choose(
                      random,
                      worldKind.delaysRequests() ? DELAYED_FAULTS : RandomFaults.SINGLE_REQUEST))
              .ifPresent(pending::add);
      case 2 -> faults.beforeNextApply(this::runInterleaved);
      case 3 -> faults.beforeNextReply(this::runInterleaved);
      default -> faults.nextPasses();
    }
  }

  /** From now on all goes well, apart from what is under way. */
  void stopFaults() {
    faults.clear();
    pending.removeIf(delivery -> !delivery.isSent());
  }

  private void runInterleaved() {
    interleavedCount++;
    interleaving.run();
  }

  /** Nothing is under way for days. */
  void dropPending() {
    pending.clear();
  }

  /** How often others did something while a request was under way. */
  int interleavedCount() {
    return interleavedCount;
  }

  /** One request or copy that is under way arrives, if there is one. */
  boolean deliverPending() {
    List<PendingDelivery> sent = pending.stream().filter(PendingDelivery::isSent).toList();
    if (sent.isEmpty()) {
      return false;
    }
    int index = random.nextInt(sent.size());
    reorderedCount += index > 0 ? 1 : 0;
    pending.remove(sent.get(index));
    sent.get(index).deliver();
    return true;
  }

  /** How often a request was overtaken by a later one. */
  int reorderedCount() {
    return reorderedCount;
  }

  /** Whether nothing is under way. */
  boolean isIdle() {
    return pending.stream().noneMatch(PendingDelivery::isSent);
  }

  int attempts() {
    int total = 0;
    for (Fault fault : Fault.values()) {
      total += faults.injectedCount(fault);
    }
    return total;
  }
}
