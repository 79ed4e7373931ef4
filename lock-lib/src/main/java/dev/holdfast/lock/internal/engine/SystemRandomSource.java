package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.RandomSource;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random numbers of the operating system. None is drawn in advance, so that two processes restored
 * from one snapshot do not share numbers.
 */
enum SystemRandomSource implements RandomSource {
  INSTANCE;

  private static final int NONCE_BYTES = 16;

  @Override
  public String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public double jitter() {
    return ThreadLocalRandom.current().nextDouble();
  }
}
