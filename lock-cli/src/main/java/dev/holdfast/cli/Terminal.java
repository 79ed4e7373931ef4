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
 * Standard streams of a command.
 *
 * @param in the answers of the user
 * @param out the results
 * @param err prompts, progress and errors
 */
record Terminal(InputStream in, PrintStream out, PrintStream err) {

  static Terminal system() {
    return new Terminal(System.in, System.out, System.err);
  }

  void print(String text) {
    out.println(text);
  }

  void printProgress(String text) {
    err.println(text);
  }

  void printError(String message) {
    err.println("holdfast: " + ControlCharacters.replaceIn(message));
  }

  /** Asks for one line. Returns an empty value at the end of the input. */
  Optional<String> prompt(String question) {
    err.print(question);
    err.flush();
    try {
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return Optional.ofNullable(reader.readLine()).map(String::strip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
