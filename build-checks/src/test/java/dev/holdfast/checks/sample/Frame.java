package dev.holdfast.checks.sample;

class Frame {
  public int height() {
    return 200;
  }
}
