package dev.holdfast.lock;

import java.util.Locale;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** How much Lincheck tries: {@code -Dholdfast.lincheck.scenarios=100} for more than the build. */
final class Interleavings {
  private static final int SCENARIOS = Integer.getInteger("holdfast.lincheck.scenarios", 10);
  private static final int OF_EACH = 100;

  private Interleavings() {}

  /** Of two calls by each thread, and one after all of them. */
  static ModelCheckingOptions ofThreads(int threads) {
    ModelCheckingOptions options = new ModelCheckingOptions();
    options.iterations(SCENARIOS).invocationsPerIteration(OF_EACH);
    options.threads(threads).actorsPerThread(2).actorsBefore(0).actorsAfter(1);
    return options;
  }

  /** What a test tried and saw, as a row of the table in {@code docs/evidence.md}. */
  static void told(Class<?> test, String shared, int threads, String outcome) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %,d | %,d | %s | `%s` |%n",
        shared,
        threads,
        SCENARIOS,
        OF_EACH,
        outcome,
        test.getSimpleName());
  }
}
