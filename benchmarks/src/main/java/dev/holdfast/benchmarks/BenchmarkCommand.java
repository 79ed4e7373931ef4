package dev.holdfast.benchmarks;

import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Command that measures on this machine with DynamoDB Local and prints tables. */
@Command(
    name = "holdfast bench",
    mixinStandardHelpOptions = true,
    description = "Compares a guarded invocation with a plain client on this machine.")
final class BenchmarkCommand implements Callable<Integer> {
  private static final int WARM_ROUNDS_PER_ROUND = 2;

  @Option(
      names = "--rounds",
      defaultValue = "20",
      description =
          "number of cold starts of each function, from 1 to 1000; each adds two rounds of warm"
              + " calls (default: ${DEFAULT-VALUE})")
  private int rounds;

  private BenchmarkCommand() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchmarkCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || rounds > 1_000) {
      System.err.println("--rounds must be from 1 to 1000, got " + rounds);
      return CommandLine.ExitCode.USAGE;
    }
    Path zip = Path.of(System.getProperty("holdfast.home"), "samples/target/holdfast-samples.zip");
    System.out.printf("%s%n%n", ZipSizeReport.measure(zip));
    Path folder = Files.createTempDirectory("holdfast-bench-");
    try (LocalDynamoDb dynamo = LocalDynamoDb.start()) {
      ColdStartBenchmark coldStart = new ColdStartBenchmark(dynamo, folder, System.err::println);
      System.out.println(coldStart.measure(zip, rounds));
      System.err.println("measuring warm calls");
      System.out.println();
      System.out.println(WarmCallBenchmark.measure(dynamo, WARM_ROUNDS_PER_ROUND * rounds));
      return CommandLine.ExitCode.OK;
    } finally {
      deleteFolder(folder);
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(BenchmarkCommand::deleteFile);
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
