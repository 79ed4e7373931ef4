package dev.holdfast.lock.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How holders describe themselves to people who read a row or a log: one line of bounded length.
 */
final class HolderLabel {
  private static final int LENGTH_MAX = 200;
  private static final Path LINUX_HOST_NAME_FILE = Path.of("/proc/sys/kernel/hostname");

  private HolderLabel() {}

  /** One line of 200 characters at most, never ending in half a character. */
  static String toSingleLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    if (line.length() <= LENGTH_MAX) {
      return line;
    }
    boolean splitsSurrogatePair = Character.isHighSurrogate(line.charAt(LENGTH_MAX - 1));
    return line.substring(0, splitsSurrogatePair ? LENGTH_MAX - 1 : LENGTH_MAX);
  }

  /** Found out when it is needed: what was true before a snapshot is not true in its copies. */
  static String forCurrentThread() {
    long process = ProcessHandle.current().pid();
    return of(System::getenv, process, Thread.currentThread().getName());
  }

  static String of(Function<String, @Nullable String> environment, long process, String thread) {
    Optional<String> function = variable(environment, "AWS_LAMBDA_FUNCTION_NAME");
    Optional<String> version = variable(environment, "AWS_LAMBDA_FUNCTION_VERSION");
    return Stream.of(
            function.map(name -> name + version.map(v -> ":" + v).orElse("")),
            host(environment),
            Optional.of("pid " + process),
            Optional.of(thread))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  /** A sandbox of Lambda is best known by its log stream. */
  private static Optional<String> host(Function<String, @Nullable String> environment) {
    return variable(environment, "AWS_LAMBDA_LOG_STREAM_NAME")
        .or(() -> variable(environment, "HOSTNAME"))
        .or(() -> variable(environment, "COMPUTERNAME"))
        .or(HolderLabel::linuxHostName);
  }

  private static Optional<String> variable(
      Function<String, @Nullable String> environment, String variable) {
    return Optional.ofNullable(environment.apply(variable)).filter(value -> !value.isBlank());
  }

  /** A shell knows HOSTNAME and often does not export it; no name is looked up in a network. */
  private static Optional<String> linuxHostName() {
    try {
      return Optional.of(Files.readString(LINUX_HOST_NAME_FILE).strip()).filter(s -> !s.isEmpty());
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
