package dev.holdfast.verification.simulation;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.PendingDelivery;
import dev.holdfast.verification.support.RandomFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Random faults of the next requests, drawn from the seed. */
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
  private final List<Delivery> pending = new ArrayList<>();
  private int interleavedCount;
  private int reorderedCount;

  /** A request or copy that arrives later, once it was sent. */
  private record Delivery(BooleanSupplier isSent, Runnable action) {
    static Delivery of(PendingDelivery delivery) {
      return new Delivery(delivery::isSent, delivery::deliver);
    }
  }

  /**
   * Creates the network of one table.
   *
   * @param interleaving a step of other hosts while a request is in progress
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
              .map(Delivery::of)
              .ifPresent(pending::add);
      case 2 -> faults.beforeNextApply(this::runInterleaved);
      case 3 -> faults.beforeNextReply(this::runInterleaved);
      default -> faults.nextPasses();
    }
  }

  /** Stops all faults, except for requests that are already delayed. */
  void stopFaults() {
    faults.clear();
    pending.removeIf(delivery -> !delivery.isSent().getAsBoolean());
  }

  /** Delivers a copy of a request later, which may meet a fault itself. */
  void deliverLater(Runnable copy) {
    pending.add(
        new Delivery(
            () -> true,
            () -> {
              try {
                copy.run();
              } catch (SdkException ignored) {
                // nobody receives the reply
              }
            }));
  }

  private void runInterleaved() {
    interleavedCount++;
    interleaving.run();
  }

  /** Drops the delayed requests. */
  void dropPending() {
    pending.clear();
  }

  /** Returns the number of interleaved steps. */
  int interleavedCount() {
    return interleavedCount;
  }

  /** Delivers one delayed request or copy; returns false if there is none. */
  boolean deliverPending() {
    List<Delivery> sent = pending.stream().filter(d -> d.isSent().getAsBoolean()).toList();
    if (sent.isEmpty()) {
      return false;
    }
    int index = random.nextInt(sent.size());
    reorderedCount += index > 0 ? 1 : 0;
    pending.remove(sent.get(index));
    sent.get(index).action().run();
    return true;
  }

  /** Returns the number of requests that were delivered out of order. */
  int reorderedCount() {
    return reorderedCount;
  }

  /** Returns whether no request is delayed. */
  boolean isIdle() {
    return pending.stream().noneMatch(d -> d.isSent().getAsBoolean());
  }

  int attempts() {
    int total = 0;
    for (Fault fault : Fault.values()) {
      total += faults.injectedCount(fault);
    }
    return total;
  }
}
