package dev.holdfast.verification.support;

import java.util.Random;
import java.util.SplittableRandom;

/** Random numbers for seeds that count from 1. */
public final class SeededRandom {
  private SeededRandom() {}

  /**
   * Returns a generator. The first values of {@link Random} are similar for similar seeds, so this
   * method mixes the seed.
   *
   * @param seed any number
   * @return a generator that gives the same values for the same seed
   */
  public static Random create(long seed) {
    return new Random(new SplittableRandom(seed).nextLong());
  }
}
