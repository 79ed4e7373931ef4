package dev.holdfast.lock;

/** Random draws, made when they are needed and never before a snapshot is restored. */
public interface RandomSource {

  /**
   * A new nonce of at least 128 random bits.
   *
   * @return a text that no other call on any host returns
   */
  String nonce();

  /**
   * A number for jitter.
   *
   * @return uniformly distributed from 0 (included) to 1 (excluded)
   */
  double jitter();
}
