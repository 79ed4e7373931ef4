package dev.holdfast.lambda.internal.metrics;

/** The stream from which Lambda takes lines as they are: loggers put words around them. */
final class StandardOutput {

  private StandardOutput() {}

  /** One write, so that lines of other threads cannot get between. */
  static void print(String line) {
    System.out.print(line + "\n");
    System.out.flush();
  }
}
