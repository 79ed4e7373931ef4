package dev.holdfast.demo;

import dev.holdfast.demo.plan.Plan;
import dev.holdfast.demo.report.Comparison;
import dev.holdfast.demo.report.Page;
import dev.holdfast.demo.run.RawFiles;
import dev.holdfast.demo.run.Run;
import dev.holdfast.demo.run.Runner;
import dev.holdfast.demo.run.Stage;
import dev.holdfast.demo.run.Variant;
import dev.holdfast.demo.words.Seconds;
import dev.holdfast.lock.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The main class of {@code ./holdfast demo}. */
public final class Demo {
  private static final int FAILED = 1;
  private static final int COULD_NOT_RUN = 2;

  private final Options options;
  private final Path home;
  private final TimeSource time;
  private final Terminal terminal;

  private Demo(Options options, Path home, TimeSource time, Terminal terminal) {
    this.options = options;
    this.home = home;
    this.time = time;
    this.terminal = terminal;
  }

  /**
   * Runs the demo and ends the JVM: with 0 where the guard held, 1 where it did not or where
   * nothing went wrong without it, 2 where the demo could not run.
   *
   * @param arguments the options, see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), Terminal.ofThisProcess()));
  }

  private static int run(List<String> arguments, Terminal terminal) {
    try {
      Options options = Options.parse(arguments);
      if (options.help()) {
        terminal.say(Options.HELP);
        return 0;
      }
      quieten();
      Path home = Path.of(System.getProperty("holdfast.home", "")).toAbsolutePath();
      return new Demo(options, home, TimeSource.system(), terminal).run();
    } catch (UsageException e) {
      terminal.complain(Causes.of(e));
    } catch (IOException | RuntimeException e) {
      terminal.complain("the demo broke off: " + Causes.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return COULD_NOT_RUN;
  }

  /** Servers in this JVM say nothing unless something is wrong; HTTP answers are not held back. */
  private static void quieten() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private int run() throws IOException, InterruptedException {
    Instant from = time.wall();
    Path zip = samplesZip();
    Plan plan = Plan.seeded(options.seed());
    try (Cleanup cleanup = Cleanup.atExitAtLatest(terminal)) {
      TemporaryFolder folder = cleanup.add(TemporaryFolder.create());
      say("holdfast demo, seed " + options.seed());
      Stage stage = cleanup.add(Stage.set(zip, folder.path(), time));
      say("  DynamoDB Local and ElasticMQ run on loopback after " + since(from));
      Run without = run(Variant.WITHOUT, plan, stage, cleanup);
      Run with = run(Variant.WITH, plan, stage, cleanup);
      return report(new Comparison(without, with), from);
    }
  }

  private Run run(Variant variant, Plan plan, Stage stage, Cleanup cleanup)
      throws IOException, InterruptedException {
    say("");
    say(variant.title());
    RawFiles raw =
        options.keep() ? RawFiles.in(output().resolve(variant.suffix())) : RawFiles.none();
    try (Runner runner = cleanup.add(new Runner(stage, plan, variant, line -> say("  " + line)))) {
      return runner.run(raw);
    }
  }

  private int report(Comparison comparison, Instant from) throws IOException {
    say("");
    comparison.table().forEach(this::say);
    say("");
    List<String> failures = comparison.failures();
    failures.forEach(failure -> say("FAILED: " + failure));
    say(failures.isEmpty() ? "The guard held." : "The demo failed.");
    say("Took " + since(from) + ". The timeline:");
    say(Page.write(comparison, output().resolve("timeline.html")).toString());
    return failures.isEmpty() ? 0 : FAILED;
  }

  private Path samplesZip() {
    Path zip = home.resolve("samples/target/holdfast-samples.zip");
    if (Files.isRegularFile(zip)) {
      return zip;
    }
    throw new UsageException(
        "no zip of the samples at " + zip, "start the demo by ./holdfast demo");
  }

  private Path output() throws IOException {
    return Files.createDirectories(home.resolve("demo/target/demo"));
  }

  private String since(Instant from) {
    return Seconds.of(Duration.between(from, time.wall()));
  }

  private void say(String line) {
    terminal.say(line);
  }
}
