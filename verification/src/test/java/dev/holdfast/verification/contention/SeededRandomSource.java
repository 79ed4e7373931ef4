package dev.holdfast.verification.contention;

import dev.holdfast.lock.RandomSource;
import java.util.Random;

/** Draws that are the same in each run. Used by one thread at a time. */
public final class SeededRandomSource implements RandomSource {
  private final String noncePrefix;
  private final Random random;
  private int nonceCount;

  /**
   * Draws of one owner.
   *
   * @param owner no two owners draw the same nonce
   */
  public SeededRandomSource(int owner, long seed) {
    this.noncePrefix = "waiter-" + owner + "-body-";
    this.random = new Random(seed * 1_000 + owner);
  }

  @Override
  public String nonce() {
    nonceCount++;
    return noncePrefix + nonceCount;
  }

  @Override
  public double jitter() {
    return random.nextDouble();
  }
}
