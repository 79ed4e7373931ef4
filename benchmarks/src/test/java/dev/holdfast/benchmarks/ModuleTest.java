package dev.holdfast.benchmarks;

import dev.holdfast.checks.ModuleChecks;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(Bench.class);
  }

  /** The benchmarks are run, not called. */
  @Override
  protected boolean isApi(String packageName) {
    return false;
  }
}
