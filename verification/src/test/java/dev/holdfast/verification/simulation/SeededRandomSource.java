package dev.holdfast.verification.simulation;

import dev.holdfast.lock.RandomSource;
import java.util.Random;

/** Nonces and jitter of the seed, so that the same seed is the same schedule, byte by byte. */
final class SeededRandomSource implements RandomSource {
  private final Random random;
  private final Mutant mutant;
  private final String firstNonce;

  SeededRandomSource(Random random, Mutant mutant) {
    this.random = random;
    this.mutant = mutant;
    this.firstNonce = randomNonce();
  }

  @Override
  public String nonce() {
    return mutant == Mutant.REUSED_NONCE ? firstNonce : randomNonce();
  }

  private String randomNonce() {
    return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
  }

  @Override
  public double jitter() {
    return random.nextDouble();
  }
}
