package dev.holdfast.benchmarks;

import dev.holdfast.benchmarks.function.GuardedFunction;
import dev.holdfast.benchmarks.function.PlainFunction;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.LocalExecutionEnvironment;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures the time from the start of a function's process to the end of its first invocation. It
 * alternates a plain client with one PutItem and a guarded function. Each measurement uses a new
 * JVM with the runtime client.
 */
final class ColdStartBenchmark {
  private static final String TABLE = "locks";
  private static final int MEMORY_MB = 512;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final LocalDynamoDb dynamo;
  private final Path folder;
  private final Consumer<String> progress;
  private int orderCount;

  ColdStartBenchmark(LocalDynamoDb dynamo, Path folder, Consumer<String> progress) {
    this.dynamo = dynamo;
    this.folder = folder;
    this.progress = progress;
  }

  /** Durations of the two phases of a cold start, and their sum. */
  private static final class Timings {
    private final SampleStatistics initialization = new SampleStatistics();
    private final SampleStatistics invocation = new SampleStatistics();
    private final SampleStatistics total = new SampleStatistics();
  }

  String measure(Path zip, int rounds) throws IOException {
    FunctionCode.unzip(zip, folder);
    dynamo.createLockTable(TABLE);
    measureColdStart(PlainFunction.class, new Timings());
    measureColdStart(GuardedFunction.class, new Timings());
    Timings plain = new Timings();
    Timings guarded = new Timings();
    for (int i = 1; i <= rounds; i++) {
      measureColdStart(PlainFunction.class, plain);
      measureColdStart(GuardedFunction.class, guarded);
      progress.accept("cold start: " + i + " of " + rounds);
    }
    return formatTable(plain, guarded);
  }

  private static String formatTable(Timings plain, Timings guarded) {
    return String.join(
        System.lineSeparator(),
        "| cold start, ms | plain client, one PutItem | guarded, two writes | ratio |",
        "|---|---|---|---|",
        formatRow("initialization", plain.initialization, guarded.initialization),
        formatRow("first invocation", plain.invocation, guarded.invocation),
        formatRow("both", plain.total, guarded.total));
  }

  private static String formatRow(String label, SampleStatistics plain, SampleStatistics guarded) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.2f |",
        label,
        plain.format(),
        guarded.format(),
        guarded.median() / plain.median());
  }

  private void measureColdStart(Class<?> handler, Timings timings) throws IOException {
    FunctionConfiguration function =
        FunctionConfiguration.of(handler.getName())
            .memoryMb(MEMORY_MB)
            .timeout(TIMEOUT)
            .endpoint(dynamo.endpoint())
            .environment("HOLDFAST_TABLE", TABLE);
    FunctionCode code = functionCode(handler == GuardedFunction.class);
    double started = BenchmarkClock.elapsedMillis();
    try (LocalExecutionEnvironment environment = LocalExecutionEnvironment.start(function, code)) {
      environment.initialized().join();
      double initialized = BenchmarkClock.elapsedMillis();
      InvocationResult result =
          environment.invoke("{\"orderId\":\"order-" + ++orderCount + "\"}").join();
      double completed = BenchmarkClock.elapsedMillis();
      if (!(result instanceof InvocationResult.Response)) {
        throw new IllegalStateException(
            "the function failed: " + result + ", " + environment.log());
      }
      timings.initialization.add(initialized - started);
      timings.invocation.add(completed - initialized);
      timings.total.add(completed - started);
    }
  }

  /**
   * Returns the content of the samples' zip; for the plain function, without the jars of Holdfast.
   */
  private FunctionCode functionCode(boolean guarded) throws IOException {
    List<Path> entries = new ArrayList<>(List.of(ownClasses()));
    try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
      jars.filter(jar -> guarded || !jar.getFileName().toString().startsWith("holdfast"))
          .sorted()
          .forEach(entries::add);
    }
    return new FunctionCode.ClassPath(entries);
  }

  private static Path ownClasses() {
    String location =
        ColdStartBenchmark.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Path.of(location);
  }
}
