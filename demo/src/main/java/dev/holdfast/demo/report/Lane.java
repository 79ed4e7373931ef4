package dev.holdfast.demo.report;

import dev.holdfast.demo.aws.EnvironmentLifetime;

/**
 * The lane of one sandbox.
 *
 * @param lifetime the sandbox
 * @param y the top of the lane
 * @param x where it begins
 * @param width how long it is
 */
record Lane(EnvironmentLifetime lifetime, int y, double x, double width) {
  static final int HEIGHT = 22;
  static final int BAR_HEIGHT = 14;

  String label() {
    return lifetime.name();
  }

  int barY() {
    return y + (HEIGHT - BAR_HEIGHT) / 2;
  }

  int centerY() {
    return y + HEIGHT / 2;
  }
}
