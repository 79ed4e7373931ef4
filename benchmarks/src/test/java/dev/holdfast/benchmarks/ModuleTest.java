package dev.holdfast.benchmarks;

import dev.holdfast.checks.ModuleChecks;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(BenchmarkCommand.class);
  }

  /** Returns false, because no other module calls the benchmarks. */
  @Override
  protected boolean isPublicApi(String packageName) {
    return false;
  }
}
