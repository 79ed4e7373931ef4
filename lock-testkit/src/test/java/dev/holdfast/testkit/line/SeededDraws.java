package dev.holdfast.testkit.line;

import dev.holdfast.lock.protocol.Draws;
import java.util.Random;

/** Draws of one host that are the same in each run. Used by one thread at a time. */
final class SeededDraws implements Draws {
  private final String owner;
  private final Random random;
  private int nonces;

  SeededDraws(int host, long seed) {
    this.owner = "host-" + host + "-body-";
    this.random = new Random(seed);
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
