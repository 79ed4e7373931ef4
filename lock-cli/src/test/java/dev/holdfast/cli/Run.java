package dev.holdfast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the command as people do: in a process of its own. Immutable. */
record Run(Map<String, String> environment, String answer) {
  private static final long SECONDS_MAX = 240;

  /** What came of it. */
  record Ended(int exitCode, String out, String err) {}

  static Run against(URI endpoint) {
    return new Run(
        Map.of(
            "AWS_ACCESS_KEY_ID", "local",
            "AWS_SECRET_ACCESS_KEY", "local",
            "AWS_REGION", "us-east-1",
            "AWS_ENDPOINT_URL_DYNAMODB", endpoint.toString()),
        "");
  }

  Run with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new Run(more, answer);
  }

  Run without(String variable) {
    Map<String, String> less = new HashMap<>(environment);
    less.remove(variable);
    return new Run(less, answer);
  }

  Run answering(String line) {
    return new Run(environment, line + "\n");
  }

  Ended holdfast(String... args) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path target = Path.of("target");
    String classPath =
        target.resolve("classes") + ":" + Files.readString(target.resolve("classpath.txt")).strip();
    List<String> command =
        new ArrayList<>(
            List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, Holdfast.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().put("HOME", target.toAbsolutePath().toString());
    return ended(builder.start());
  }

  private Ended ended(Process process) throws IOException, InterruptedException {
    try (OutputStream in = process.getOutputStream()) {
      in.write(answer.getBytes(StandardCharsets.UTF_8));
    }
    CompletableFuture<String> out = read(process.getInputStream());
    CompletableFuture<String> err = read(process.getErrorStream());
    try {
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new AssertionError("the command did not end in " + SECONDS_MAX + " s");
      }
      return new Ended(process.exitValue(), out.join(), err.join());
    } finally {
      process.destroyForcibly();
    }
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
          } catch (IOException e) {
            throw new AssertionError("its output could not be read", e);
          }
        });
  }
}
