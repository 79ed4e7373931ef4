package dev.holdfast.demo.run;

import dev.holdfast.demo.checker.History;
import dev.holdfast.demo.checker.LedgerEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a run's raw material is kept, if it is. */
public final class RawDataWriter {
  private final Optional<Path> folder;

  private RawDataWriter(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * Keeps nothing.
   *
   * @return files that are not written
   */
  public static RawDataWriter disabled() {
    return new RawDataWriter(Optional.empty());
  }

  /**
   * Keeps everything.
   *
   * @param folder where, made if missing
   * @return files in that folder
   * @throws IOException where the folder cannot be made
   */
  public static RawDataWriter toFolder(Path folder) throws IOException {
    return new RawDataWriter(Optional.of(Files.createDirectories(folder)));
  }

  void writeLogs(Map<String, String> logs) {
    logs.forEach((environment, log) -> write(environment + ".log", log));
  }

  void writeLedger(List<History> histories) {
    List<String> lines =
        histories.stream()
            .flatMap(history -> history.entries().stream().map(entry -> line(history, entry)))
            .toList();
    write("ledger.tsv", String.join("\n", lines) + "\n");
  }

  private static String line(History history, LedgerEntry entry) {
    return String.join(
        "\t",
        history.subject(),
        entry.timestamp().toString(),
        entry.kind().name(),
        entry.step(),
        entry.environment(),
        entry.attemptId());
  }

  private void write(String name, String text) {
    folder.ifPresent(
        path -> {
          try {
            Files.writeString(path.resolve(name), text);
          } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path.resolve(name), e);
          }
        });
  }
}
