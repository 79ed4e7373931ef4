package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.protocol.Draws;
import java.util.Random;

/** Nonces and jitter of the seed, so that the same seed is the same schedule, byte by byte. */
final class SeededDraws implements Draws {
  private final Random random;
  private final BadRule rule;
  private final String first;

  SeededDraws(Random random, BadRule rule) {
    this.random = random;
    this.rule = rule;
    this.first = drawn();
  }

  @Override
  public String nonce() {
    return rule == BadRule.DRAWS_ONE_NONCE ? first : drawn();
  }

  private String drawn() {
    return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
  }

  @Override
  public double jitter() {
    return random.nextDouble();
  }
}
