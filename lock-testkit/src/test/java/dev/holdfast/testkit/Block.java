package dev.holdfast.testkit;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of {@code docs/evidence.md}, between the marks by which {@code .ci/evidence} knows it.
 */
public final class Block {
  private Block() {}

  /**
   * A whole block.
   *
   * @param name its name on the page, in small letters
   * @param head the table's first line
   * @param rows its other lines
   * @return lines, to be printed at once
   */
  public static String of(String name, String head, Stream<String> rows) {
    String ruler = head.replaceAll("[^|]+", "---");
    return Stream.of(
            Stream.of("<!-- produced: " + name + " -->", head, ruler),
            rows,
            Stream.of("<!-- /produced -->"))
        .flatMap(lines -> lines)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
