package dev.holdfast.verification.support;

import dev.holdfast.lock.RandomSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Nonces and jitter from a seed, the same in each run. Used by one thread at a time.
 *
 * @param random the source of the jitter
 * @param nonces the source of the nonces
 */
public record SeededRandomSource(Random random, Supplier<String> nonces) implements RandomSource {
  /**
   * Returns the source of one of several hosts.
   *
   * @param host the host's number; no two hosts draw the same nonce
   * @param seed the seed of all hosts
   */
  public static SeededRandomSource ofHost(int host, long seed) {
    AtomicInteger count = new AtomicInteger();
    return new SeededRandomSource(
        new Random(seed * 1_000 + host),
        () -> "waiter-" + host + "-body-" + count.incrementAndGet());
  }

  @Override
  public String nonce() {
    return nonces.get();
  }

  @Override
  public double jitter() {
    return random.nextDouble();
  }
}
