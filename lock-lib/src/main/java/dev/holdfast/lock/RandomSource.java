package dev.holdfast.lock;

/**
 * Source of random numbers. It draws a number when it is needed, so that a process that is restored
 * from a snapshot does not repeat the numbers of another one.
 */
public interface RandomSource {

  /**
   * Returns a new nonce of at least 128 random bits.
   *
   * @return a text that no other call on any host returns
   */
  String nonce();

  /**
   * Returns a random number for jitter.
   *
   * @return a number that is uniformly distributed from 0 (inclusive) to 1 (exclusive)
   */
  double jitter();
}
