package dev.holdfast.cli;

import dev.holdfast.checks.ModuleChecks;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(Holdfast.class);
  }

  /** The command line is run, not called. */
  @Override
  protected boolean isApi(String packageName) {
    return false;
  }
}
