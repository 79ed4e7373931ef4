package dev.holdfast.demo.run;

import dev.holdfast.demo.judge.Entry;
import dev.holdfast.demo.judge.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a run's raw material is kept, if it is. */
public final class RawFiles {
  private final Optional<Path> folder;

  private RawFiles(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * Keeps nothing.
   *
   * @return files that are not written
   */
  public static RawFiles none() {
    return new RawFiles(Optional.empty());
  }

  /**
   * Keeps everything.
   *
   * @param folder where, made if missing
   * @return files in that folder
   * @throws IOException where the folder cannot be made
   */
  public static RawFiles in(Path folder) throws IOException {
    return new RawFiles(Optional.of(Files.createDirectories(folder)));
  }

  void keepLogs(Map<String, String> logs) {
    logs.forEach((sandbox, log) -> write(sandbox + ".log", log));
  }

  void keepLedger(List<History> ledger) {
    List<String> lines =
        ledger.stream()
            .flatMap(history -> history.entries().stream().map(entry -> line(history, entry)))
            .toList();
    write("ledger.tsv", String.join("\n", lines) + "\n");
  }

  private static String line(History history, Entry entry) {
    return String.join(
        "\t",
        history.subject(),
        entry.at().toString(),
        entry.kind().name(),
        entry.step(),
        entry.sandbox(),
        entry.attempt());
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
