package dev.holdfast.benchmarks;

import dev.holdfast.benchmarks.function.Guarded;
import dev.holdfast.benchmarks.function.Plain;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.Sandbox;
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
 * From the start of a function's process to the end of its first invocation: once with the plain
 * client and one PutItem, once guarded, in turn, each time in a new JVM with the runtime client.
 */
final class ColdStart {
  private static final String TABLE = "locks";
  private static final int MEMORY_MB = 512;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final LocalDynamoDb dynamo;
  private final Path folder;
  private final Consumer<String> progress;
  private int orders;

  ColdStart(LocalDynamoDb dynamo, Path folder, Consumer<String> progress) {
    this.dynamo = dynamo;
    this.folder = folder;
    this.progress = progress;
  }

  /** The two parts of a cold start. */
  private static final class Parts {
    private final Sample initialization = new Sample();
    private final Sample invocation = new Sample();
    private final Sample both = new Sample();
  }

  String measure(Path zip, int rounds) throws IOException {
    FunctionCode.unzip(zip, folder);
    dynamo.createLockTable(TABLE);
    start(Plain.class, new Parts());
    start(Guarded.class, new Parts());
    Parts plain = new Parts();
    Parts guarded = new Parts();
    for (int i = 1; i <= rounds; i++) {
      start(Plain.class, plain);
      start(Guarded.class, guarded);
      progress.accept("cold start: " + i + " of " + rounds);
    }
    return table(plain, guarded);
  }

  private static String table(Parts plain, Parts guarded) {
    return String.join(
        System.lineSeparator(),
        "| cold start, ms | plain client, one PutItem | guarded, two writes | ratio |",
        "|---|---|---|---|",
        row("initialization", plain.initialization, guarded.initialization),
        row("first invocation", plain.invocation, guarded.invocation),
        row("both", plain.both, guarded.both));
  }

  private static String row(String what, Sample plain, Sample guarded) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.2f |",
        what,
        plain.shown(),
        guarded.shown(),
        guarded.median() / plain.median());
  }

  private void start(Class<?> handler, Parts parts) throws IOException {
    FunctionConfiguration function =
        FunctionConfiguration.of(handler.getName())
            .memoryMb(MEMORY_MB)
            .timeout(TIMEOUT)
            .endpoint(dynamo.endpoint())
            .environment("HOLDFAST_TABLE", TABLE);
    FunctionCode code = code(handler == Guarded.class);
    double started = Clock.millis();
    try (Sandbox sandbox = Sandbox.start(function, code)) {
      sandbox.initialized().join();
      double initialized = Clock.millis();
      InvocationResult result = sandbox.invoke("{\"orderId\":\"order-" + ++orders + "\"}").join();
      double answered = Clock.millis();
      if (!(result instanceof InvocationResult.Response)) {
        throw new IllegalStateException("the function failed: " + result + ", " + sandbox.log());
      }
      parts.initialization.add(initialized - started);
      parts.invocation.add(answered - initialized);
      parts.both.add(answered - started);
    }
  }

  /** What is in the zip of the samples; nothing of Holdfast where it is not used. */
  private FunctionCode code(boolean guarded) throws IOException {
    List<Path> entries = new ArrayList<>(List.of(ownClasses()));
    try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
      jars.filter(jar -> guarded || !jar.getFileName().toString().startsWith("holdfast"))
          .sorted()
          .forEach(entries::add);
    }
    return new FunctionCode.OnClassPath(entries);
  }

  private static Path ownClasses() {
    String location = ColdStart.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Path.of(location);
  }
}
