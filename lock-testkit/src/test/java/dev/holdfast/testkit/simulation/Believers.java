package dev.holdfast.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Those who were given one thing that at most so many may believe in at once. */
final class Believers {
  private final int max;
  private final String broken;
  private final List<Believer> believers = new ArrayList<>();

  private record Believer(Host host, BooleanSupplier held) {
    boolean believes() {
      return !host.clock().isGone() && held.getAsBoolean();
    }
  }

  /**
   * Nobody yet.
   *
   * @param broken what is wrong where there are too many
   */
  Believers(int max, String broken) {
    this.max = max;
    this.broken = broken;
  }

  void add(Host host, BooleanSupplier held) {
    believers.add(new Believer(host, held));
  }

  /** Whoever believes no more never will again. */
  void check() {
    believers.removeIf(each -> !each.believes());
    Judge.require(believers.size() <= max, broken, believers.size());
  }
}
