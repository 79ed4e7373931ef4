package dev.holdfast.checks;

import java.util.Set;

/** Modules, by folder name, in which a check is on. */
final class CheckedModules {

  static final Set<String> CLASS_CYCLES =
      Set.of(
          "infra-cdk",
          "lock-cli",
          "lock-testkit",
          "lambda-testkit",
          "demo",
          "benchmarks",
          "samples");

  static final Set<String> PACKAGE_SIZE =
      Set.of(
          "infra-cdk",
          "lock-cli",
          "lock-testkit",
          "lambda-testkit",
          "demo",
          "benchmarks",
          "samples");

  static final Set<String> JAVADOC_SUMMARIES = Set.of("infra-cdk", "lock-cli");

  static final Set<String> LOG_FORMATS =
      Set.of(
          "infra-cdk",
          "lock-cli",
          "lock-testkit",
          "lambda-testkit",
          "demo",
          "benchmarks",
          "samples");

  private CheckedModules() {}
}
