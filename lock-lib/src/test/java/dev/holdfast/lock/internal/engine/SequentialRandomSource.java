package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.protocol.RandomSource;
import java.util.concurrent.atomic.AtomicInteger;

/** Random source with sequential numbers as nonces and a constant jitter. */
final class SequentialRandomSource implements RandomSource {
  private final AtomicInteger counter = new AtomicInteger();

  @Override
  public String nonce() {
    return Integer.toString(counter.incrementAndGet());
  }

  @Override
  public double jitter() {
    return 0.5;
  }
}
