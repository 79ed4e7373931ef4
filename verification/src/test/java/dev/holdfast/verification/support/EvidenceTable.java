package dev.holdfast.verification.support;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of {@code docs/evidence.md}, between the marks by which {@code .ci/evidence} knows it.
 */
public final class EvidenceTable {
  private EvidenceTable() {}

  /**
   * A whole block.
   *
   * @param name its name on the page, in small letters
   * @param header the table's first line
   * @param rows its other lines
   * @return lines, to be printed at once
   */
  public static String format(String name, String header, Stream<String> rows) {
    String separator = header.replaceAll("[^|]+", "---");
    return Stream.of(
            Stream.of("<!-- produced: " + name + " -->", header, separator),
            rows,
            Stream.of("<!-- /produced -->"))
        .flatMap(lines -> lines)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
