package dev.holdfast.demo;

import java.io.PrintStream;

/**
 * Where the demo talks to people.
 *
 * @param out for what it found
 * @param err for why it could not
 */
record Terminal(PrintStream out, PrintStream err) {

  static Terminal ofThisProcess() {
    return new Terminal(System.out, System.err);
  }

  void say(String line) {
    out.println(line);
  }

  void complain(String problem) {
    err.println("holdfast: " + problem);
  }
}
