package dev.holdfast.verification.simulation;

import dev.holdfast.verification.support.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Those who were given one thing that at most so many may believe in at once. */
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
   * Nobody yet.
   *
   * @param violation what is wrong where there are too many
   */
  HolderLimitChecker(int max, String violation) {
    this.max = max;
    this.violation = violation;
  }

  void add(Host host, BooleanSupplier held) {
    holders.add(new Holder(host, held));
  }

  /** Whoever believes no more never will again. */
  void check() {
    holders.removeIf(holder -> !holder.isActive());
    Invariant.require(holders.size() <= max, violation, holders.size());
  }
}
