package dev.holdfast.demo;

import java.io.PrintStream;

/**
 * Output of the demo.
 *
 * @param out the stream for results
 * @param err the stream for errors
 */
record Terminal(PrintStream out, PrintStream err) {

  static Terminal system() {
    return new Terminal(System.out, System.err);
  }

  void print(String line) {
    out.println(line);
  }

  void printError(String problem) {
    err.println("holdfast: " + problem);
  }
}
