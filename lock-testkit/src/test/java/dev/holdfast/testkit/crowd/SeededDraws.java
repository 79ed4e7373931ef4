package dev.holdfast.testkit.crowd;

import dev.holdfast.lock.protocol.Draws;
import java.util.Random;

/** Draws that are the same in each run. Used by one thread at a time. */
public final class SeededDraws implements Draws {
  private final String owner;
  private final Random random;
  private int nonces;

  /**
   * Draws of one owner.
   *
   * @param owner no two owners draw the same nonce
   */
  public SeededDraws(int owner, long seed) {
    this.owner = "waiter-" + owner + "-body-";
    this.random = new Random(seed * 1_000 + owner);
  }

  @Override
  public String nonce() {
    nonces++;
    return owner + nonces;
  }

  @Override
  public double jitter() {
    return random.nextDouble();
  }
}
