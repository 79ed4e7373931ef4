package dev.holdfast.lock;

import dev.holdfast.lock.protocol.Draws;
import java.util.concurrent.atomic.AtomicInteger;

/** Nonces that are numbers, the same ones each time. */
final class CountedDraws implements Draws {
  private final AtomicInteger drawn = new AtomicInteger();

  @Override
  public String nonce() {
    return Integer.toString(drawn.incrementAndGet());
  }

  @Override
  public double jitter() {
    return 0.5;
  }
}
