package dev.holdfast.verification.support;

import java.util.Random;
import java.util.SplittableRandom;

/** Seeds that are counted from 1 on. */
public final class SeededRandom {
  private SeededRandom() {}

  /**
   * What to draw from: a {@link Random} that is made of the seed itself draws first much the same
   * as those of seeds near by.
   *
   * @param seed any
   * @return the same draws for the same seed
   */
  public static Random create(long seed) {
    return new Random(new SplittableRandom(seed).nextLong());
  }
}
