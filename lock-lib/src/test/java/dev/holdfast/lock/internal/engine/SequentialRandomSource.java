package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.protocol.RandomSource;
import java.util.concurrent.atomic.AtomicInteger;

/** Nonces that are numbers, the same ones each time. */
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
