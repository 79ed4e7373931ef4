package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.protocol.Draws;
import java.util.Random;

/** The same draws in all copies up to the snapshot; from then on each copy's own, as shipped. */
final class SnapshotDraws implements Draws {
  private final Random after;
  private Random random;

  SnapshotDraws(Random before, Random after) {
    this.random = before;
    this.after = after;
  }

  void restore() {
    random = after;
  }

  @Override
  public String nonce() {
    return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
  }

  @Override
  public double jitter() {
    return random.nextDouble();
  }
}
