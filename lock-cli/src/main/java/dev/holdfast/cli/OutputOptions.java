package dev.holdfast.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How a command prints what it found. */
final class OutputOptions {
  /** ASCII only, so that names are the same whatever the terminal's encoding is. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  /** The forms. */
  enum Format {
    TABLE,
    JSON
  }

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description = "for people or for programs; ${DEFAULT-VALUE} unless given")
  private Format format = Format.TABLE;

  /** Prints a value for programs, or its text for people. */
  void print(Terminal terminal, Object value, Supplier<String> text) {
    terminal.print(format == Format.JSON ? toJson(value) : text.get());
  }

  private static String toJson(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view could not be written as JSON: " + value, e);
    }
  }
}
