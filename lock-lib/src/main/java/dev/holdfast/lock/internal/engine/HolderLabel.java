package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.text.LogText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Description of a holder for people who read a row or a log: one line of limited length. */
final class HolderLabel {
  private static final int LENGTH_MAX = 200;
  private static final Path LINUX_HOST_NAME_FILE = Path.of("/proc/sys/kernel/hostname");

  private HolderLabel() {}

  /** Returns one line of at most 200 characters, which every log may show unchanged. */
  static String toSingleLine(String text) {
    return LogText.singleLine(text, LENGTH_MAX);
  }

  /** Returns a description of this process, which a restored snapshot must not reuse. */
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

  /** Returns the log stream in Lambda, which identifies the execution environment. */
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

  /** Reads the host name on Linux, where shells often do not export HOSTNAME. Uses no network. */
  private static Optional<String> linuxHostName() {
    try {
      return Optional.of(Files.readString(LINUX_HOST_NAME_FILE).strip()).filter(s -> !s.isEmpty());
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
