package dev.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reports the compressed sizes of the parts of a deployment package. */
final class ZipSizeReport {
  private static final int BYTES_PER_KB = 1_000;

  /** Part of the zip; a file belongs to the first part whose pattern matches its name. */
  private enum Part {
    HOLDFAST("Holdfast", "lib/holdfast-(lock|lambda)-.*"),
    SERIALIZATION("aws-lambda-java-serialization", "lib/aws-lambda-java-serialization-.*"),
    DYNAMODB("DynamoDB client of the SDK", "lib/dynamodb-.*"),
    EVENTS("Lambda core and events, joda-time", "lib/(aws-lambda-java|joda-time)-.*"),
    LOGGING("slf4j", "lib/slf4j-.*"),
    SDK("other parts of the SDK", "lib/.*"),
    FUNCTIONS("function classes", ".*");

    private final String title;
    private final String pattern;

    Part(String title, String pattern) {
      this.title = title;
      this.pattern = pattern;
    }

    static Part of(ZipEntry entry) {
      return Stream.of(values())
          .filter(part -> entry.getName().matches(part.pattern))
          .findFirst()
          .orElseThrow();
    }
  }

  private ZipSizeReport() {}

  static String measure(Path zip) throws IOException {
    Map<Part, Long> bytes = new EnumMap<>(Part.class);
    try (ZipFile file = new ZipFile(zip.toFile())) {
      file.stream().forEach(e -> bytes.merge(Part.of(e), e.getCompressedSize(), Long::sum));
    }
    long total = bytes.values().stream().mapToLong(Long::longValue).sum();
    return bytes.entrySet().stream()
        .map(part -> formatRow(part.getKey().title, part.getValue()))
        .collect(
            Collectors.joining(
                System.lineSeparator(),
                String.format(Locale.ROOT, "| part | KB |%n|---|---|%n"),
                System.lineSeparator() + formatRow("total", total)));
  }

  private static String formatRow(String title, long bytes) {
    return String.format(Locale.ROOT, "| %s | %,d |", title, bytes / BYTES_PER_KB);
  }
}
