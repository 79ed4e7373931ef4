package dev.holdfast.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Output format of a command. */
final class OutputOptions {
  /** Writes ASCII only, so that the output does not depend on the terminal's encoding. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  /** Supported output formats. */
  enum Format {
    TABLE,
    JSON
  }

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description = "output format; default: ${DEFAULT-VALUE}")
  private Format format = Format.TABLE;

  /** Prints the value as JSON, or the text, as the format option requires. */
  void print(Terminal terminal, Object value, Supplier<String> text) {
    terminal.print(format == Format.JSON ? toJson(value) : text.get());
  }

  private static String toJson(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the output as JSON: " + value, e);
    }
  }
}
