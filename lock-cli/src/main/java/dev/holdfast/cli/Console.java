package dev.holdfast.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a command talks to people.
 *
 * @param in what they answer
 * @param out for what was asked for
 * @param err for everything else
 */
record Console(InputStream in, PrintStream out, PrintStream err) {

  static Console ofThisProcess() {
    return new Console(System.in, System.out, System.err);
  }

  void print(String text) {
    out.println(text);
  }

  void note(String text) {
    err.println(text);
  }

  void complain(String problem) {
    err.println("holdfast: " + Visible.of(problem));
  }

  /** Asks for one line; empty where nobody answers. */
  Optional<String> ask(String question) {
    err.print(question);
    err.flush();
    try {
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return Optional.ofNullable(lines.readLine()).map(String::strip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
