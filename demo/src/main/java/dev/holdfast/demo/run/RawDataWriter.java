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

/** Writes the ledger and the logs of a run to files, if the user asked for it. */
public final class RawDataWriter {
  private final Optional<Path> folder;

  private RawDataWriter(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * Creates a writer that writes nothing.
   *
   * @return the writer
   */
  public static RawDataWriter disabled() {
    return new RawDataWriter(Optional.empty());
  }

  /**
   * Creates a writer that writes to a folder.
   *
   * @param folder the folder; the method creates it if it does not exist
   * @return the writer
   * @throws IOException if the folder cannot be created
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
