package dev.holdfast.demo;

import java.io.PrintStream;

/**
 * Where the demo talks to people.
 *
 * @param out for what it found
 * @param err for why it could not
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
