package dev.holdfast.checks.open;

class Frame {
  public int height() {
    return 200;
  }
}
