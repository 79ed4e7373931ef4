package dev.holdfast.verification.support;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of {@code docs/evidence.md}, between the marks that {@code .ci/evidence} reads. */
public final class EvidenceTable {
  private EvidenceTable() {}

  /**
   * Returns a block.
   *
   * @param name the name on the page, in lower case
   * @param header the first line of the table
   * @param rows the other lines
   * @return lines, which must be printed at once
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
