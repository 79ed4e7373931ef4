package dev.holdfast.lock;

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
final class HolderText {
  private static final int CHARS_MAX = 200;
  private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private HolderText() {}

  /** One line of 200 characters at most, never ending in half a character. */
  static String line(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    if (line.length() <= CHARS_MAX) {
      return line;
    }
    boolean split = Character.isHighSurrogate(line.charAt(CHARS_MAX - 1));
    return line.substring(0, split ? CHARS_MAX - 1 : CHARS_MAX);
  }

  /** Found out when it is needed: what was true before a snapshot is not true in its copies. */
  static String ofThisThread() {
    long process = ProcessHandle.current().pid();
    return of(System::getenv, process, Thread.currentThread().getName());
  }

  static String of(Function<String, @Nullable String> environment, long process, String thread) {
    Optional<String> function = known(environment, "AWS_LAMBDA_FUNCTION_NAME");
    Optional<String> version = known(environment, "AWS_LAMBDA_FUNCTION_VERSION");
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
    return known(environment, "AWS_LAMBDA_LOG_STREAM_NAME")
        .or(() -> known(environment, "HOSTNAME"))
        .or(() -> known(environment, "COMPUTERNAME"))
        .or(HolderText::linuxHost);
  }

  private static Optional<String> known(
      Function<String, @Nullable String> environment, String variable) {
    return Optional.ofNullable(environment.apply(variable)).filter(value -> !value.isBlank());
  }

  /** A shell knows HOSTNAME and often does not export it; no name is looked up in a network. */
  private static Optional<String> linuxHost() {
    try {
      return Optional.of(Files.readString(LINUX_HOST_NAME).strip()).filter(s -> !s.isEmpty());
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
