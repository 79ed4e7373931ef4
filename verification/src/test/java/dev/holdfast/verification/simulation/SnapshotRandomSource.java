package dev.holdfast.verification.simulation;

import dev.holdfast.lock.RandomSource;
import java.util.Random;

/**
 * Random source of a snapshot. All copies draw the same values up to the snapshot and their own
 * values after it.
 */
final class SnapshotRandomSource implements RandomSource {
  private final Random afterRestore;
  private Random random;

  SnapshotRandomSource(Random beforeRestore, Random afterRestore) {
    this.random = beforeRestore;
    this.afterRestore = afterRestore;
  }

  void restore() {
    random = afterRestore;
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
