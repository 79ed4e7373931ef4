package dev.holdfast.verification.simulation;

import dev.holdfast.verification.support.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Checks that a resource has at most a given number of holders. */
final class HolderLimitChecker {
  private final int max;
  private final String violation;
  private final List<Holder> holders = new ArrayList<>();

  private record Holder(Host host, BooleanSupplier held) {
    boolean isActive() {
      return !host.clock().isCrashed() && held.getAsBoolean();
    }
  }

  /**
   * Creates a checker of a resource without holders.
   *
   * @param violation the message for too many holders
   */
  HolderLimitChecker(int max, String violation) {
    this.max = max;
    this.violation = violation;
  }

  void add(Host host, BooleanSupplier held) {
    holders.add(new Holder(host, held));
  }

  /** Checks the number of holders. A hold that has ended never starts again. */
  void check() {
    holders.removeIf(holder -> !holder.isActive());
    Invariant.require(holders.size() <= max, violation, holders.size());
  }
}
