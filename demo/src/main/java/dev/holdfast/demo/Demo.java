package dev.holdfast.demo;

import dev.holdfast.demo.format.TextFormat;
import dev.holdfast.demo.report.HtmlReport;
import dev.holdfast.demo.report.RunComparison;
import dev.holdfast.demo.run.LocalInfrastructure;
import dev.holdfast.demo.run.RawDataWriter;
import dev.holdfast.demo.run.RunResult;
import dev.holdfast.demo.run.Variant;
import dev.holdfast.demo.run.WorkloadRunner;
import dev.holdfast.demo.workload.Workload;
import dev.holdfast.lock.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Main class of {@code ./holdfast demo}. */
public final class Demo {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_ERROR = 2;

  private final Options options;
  private final Path projectFolder;
  private final TimeSource time;
  private final Terminal terminal;

  private Demo(Options options, Path projectFolder, TimeSource time, Terminal terminal) {
    this.options = options;
    this.projectFolder = projectFolder;
    this.time = time;
    this.terminal = terminal;
  }

  /**
   * Runs the demo and ends the JVM.
   *
   * <p>The exit status is 0 if the guard worked. It is 1 if the guard did not work or if the run
   * without the guard had no violation. It is 2 if the demo could not run.
   *
   * @param arguments the options, see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), Terminal.system()));
  }

  private static int run(List<String> arguments, Terminal terminal) {
    try {
      Options options = Options.parse(arguments);
      if (options.help()) {
        terminal.print(Options.HELP);
        return 0;
      }
      configureLogging();
      Path projectFolder = Path.of(System.getProperty("holdfast.home", "")).toAbsolutePath();
      return new Demo(options, projectFolder, TimeSource.system(), terminal).run();
    } catch (UsageException e) {
      terminal.printError(rootCauseMessage(e));
    } catch (IOException | RuntimeException e) {
      terminal.printError("the demo failed: " + rootCauseMessage(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return EXIT_ERROR;
  }

  /** Returns the message of the exception that was thrown first, on any thread. */
  private static String rootCauseMessage(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Lets the servers of this JVM log errors only and send HTTP responses without delay. */
  private static void configureLogging() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private int run() throws IOException, InterruptedException {
    Instant startedAt = time.wallTime();
    Path samplesZip = samplesZip();
    Workload workload = Workload.generate(options.seed());
    try (ResourceCloser closer = ResourceCloser.withShutdownHook(terminal)) {
      TemporaryFolder folder = closer.register(TemporaryFolder.create());
      print("holdfast demo, seed " + options.seed());
      LocalInfrastructure infrastructure =
          closer.register(LocalInfrastructure.start(samplesZip, folder.path(), time));
      print(
          "  DynamoDB Local and ElasticMQ listen on the loopback interface after "
              + elapsedSince(startedAt));
      RunResult unguarded = run(Variant.UNGUARDED, workload, infrastructure, closer);
      RunResult guarded = run(Variant.GUARDED, workload, infrastructure, closer);
      return report(new RunComparison(unguarded, guarded), startedAt);
    }
  }

  private RunResult run(
      Variant variant, Workload workload, LocalInfrastructure infrastructure, ResourceCloser closer)
      throws IOException, InterruptedException {
    print("");
    print(variant.title());
    RawDataWriter rawData =
        options.keepRawData()
            ? RawDataWriter.toFolder(outputFolder().resolve(variant.suffix()))
            : RawDataWriter.disabled();
    try (WorkloadRunner runner =
        closer.register(
            new WorkloadRunner(infrastructure, workload, variant, line -> print("  " + line)))) {
      return runner.run(rawData);
    }
  }

  private int report(RunComparison comparison, Instant startedAt) throws IOException {
    print("");
    comparison.table().forEach(this::print);
    print("");
    List<String> failures = comparison.failures();
    failures.forEach(failure -> print("FAILED: " + failure));
    print(
        failures.isEmpty()
            ? "The guard worked: no step was repeated and no steps of an order overlapped."
            : "The demo failed.");
    print("Duration " + elapsedSince(startedAt) + ". Timeline:");
    print(HtmlReport.write(comparison, outputFolder().resolve("timeline.html")).toString());
    return failures.isEmpty() ? 0 : EXIT_FAILED;
  }

  private Path samplesZip() {
    Path zip = projectFolder.resolve("samples/target/holdfast-samples.zip");
    if (Files.isRegularFile(zip)) {
      return zip;
    }
    throw new UsageException(
        "the zip of the samples is missing at " + zip, "start the demo with ./holdfast demo");
  }

  private Path outputFolder() throws IOException {
    return Files.createDirectories(projectFolder.resolve("demo/target/demo"));
  }

  private String elapsedSince(Instant startedAt) {
    return TextFormat.seconds(Duration.between(startedAt, time.wallTime()));
  }

  private void print(String line) {
    terminal.print(line);
  }
}
