package dev.holdfast.demo.report;

import dev.holdfast.demo.cloud.SandboxLife;

/**
 * The lane of one sandbox.
 *
 * @param life the sandbox
 * @param y the top of the lane
 * @param x where it begins
 * @param width how long it is
 */
record Lane(SandboxLife life, int y, double x, double width) {
  static final int PITCH = 22;
  static final int BAR = 14;

  String label() {
    return life.name();
  }

  int bar() {
    return y + (PITCH - BAR) / 2;
  }

  int middle() {
    return y + PITCH / 2;
  }
}
