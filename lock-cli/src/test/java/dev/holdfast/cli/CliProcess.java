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

/** Runs the command in a separate process. Immutable. */
record CliProcess(Map<String, String> environment, String standardInput) {
  private static final long TIMEOUT_SECONDS = 240;

  /** Exit code and output of a finished process. */
  record Result(int exitCode, String out, String err) {}

  static CliProcess forEndpoint(URI endpoint) {
    return new CliProcess(
        Map.of(
            "AWS_ACCESS_KEY_ID", "local",
            "AWS_SECRET_ACCESS_KEY", "local",
            "AWS_REGION", "us-east-1",
            "AWS_ENDPOINT_URL_DYNAMODB", endpoint.toString()),
        "");
  }

  CliProcess withVariable(String variable, String value) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put(variable, value);
    return new CliProcess(variables, standardInput);
  }

  CliProcess withoutVariable(String variable) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.remove(variable);
    return new CliProcess(variables, standardInput);
  }

  CliProcess withInput(String line) {
    return new CliProcess(environment, line + "\n");
  }

  Result run(String... args) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path target = Path.of("target");
    String classPath =
        target.resolve("classes") + ":" + Files.readString(target.resolve("classpath.txt")).strip();
    List<String> command =
        new ArrayList<>(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                HoldfastCommand.class.getName()));
    command.addAll(List.of(args));
    return execute(command);
  }

  /** Runs another program with the environment and the input of this object. */
  Result execute(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().put("HOME", Path.of("target").toAbsolutePath().toString());
    return awaitExit(builder.start());
  }

  private Result awaitExit(Process process) throws IOException, InterruptedException {
    try (OutputStream in = process.getOutputStream()) {
      in.write(standardInput.getBytes(StandardCharsets.UTF_8));
    }
    CompletableFuture<String> out = readAsync(process.getInputStream());
    CompletableFuture<String> err = readAsync(process.getErrorStream());
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the command must end within " + TIMEOUT_SECONDS + " s");
      }
      return new Result(process.exitValue(), out.join(), err.join());
    } finally {
      process.destroyForcibly();
    }
  }

  private static CompletableFuture<String> readAsync(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
          } catch (IOException e) {
            throw new AssertionError("cannot read the output of the command", e);
          }
        });
  }
}
