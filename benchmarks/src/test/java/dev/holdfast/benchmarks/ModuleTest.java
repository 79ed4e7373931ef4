package dev.holdfast.benchmarks;

import dev.holdfast.checks.ModuleChecks;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(BenchmarkCommand.class);
  }

  /** The benchmarks are run, not called. */
  @Override
  protected boolean isPublicApi(String packageName) {
    return false;
  }
}
