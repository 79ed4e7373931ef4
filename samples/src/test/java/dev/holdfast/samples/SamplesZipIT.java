package dev.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class SamplesZipIT {
  private static final Path ZIP = Path.of("target", "holdfast-samples.zip");
  private static final long MAX_HOLDFAST_BYTES = 430_000;
  private static final long MAX_TOTAL_BYTES = 12_900_000;

  @Test
  void zip_sizeIsWithinBounds() throws IOException {
    assertThat(size(entry -> entry.contains("holdfast"))).isBetween(1L, MAX_HOLDFAST_BYTES);
    assertThat(size(entry -> true)).isLessThanOrEqualTo(MAX_TOTAL_BYTES);
    assertThat(Files.size(ZIP)).isLessThanOrEqualTo(MAX_TOTAL_BYTES);
  }

  @Test
  void zip_containsOneHttpClientAndNoRuntimeClient() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .contains("dev/holdfast/samples/ShipOrderHandler.class")
          .anyMatch(name -> name.startsWith("lib/url-connection-client-"))
          .noneMatch(name -> name.matches("lib/(netty|apache|http(client|core)).*"))
          .noneMatch(name -> name.contains("runtime-interface-client"));
    }
  }

  private static long size(Predicate<String> wanted) throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      return zip.stream()
          .filter(entry -> wanted.test(entry.getName()))
          .mapToLong(ZipEntry::getCompressedSize)
          .sum();
    }
  }
}
