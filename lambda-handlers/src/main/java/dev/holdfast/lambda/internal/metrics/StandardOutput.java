package dev.holdfast.lambda.internal.metrics;

/** Standard output, from which Lambda reads lines unchanged; loggers would add a prefix. */
final class StandardOutput {

  private StandardOutput() {}

  /** Prints a line in one write, so that it is not mixed with lines of other threads. */
  static void print(String line) {
    System.out.print(line + "\n");
    System.out.flush();
  }
}
