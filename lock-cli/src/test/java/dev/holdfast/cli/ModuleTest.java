package dev.holdfast.cli;

import dev.holdfast.checks.ModuleChecks;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(HoldfastCommand.class);
  }

  /** The command line has no API for other code. */
  @Override
  protected boolean isPublicApi(String packageName) {
    return false;
  }
}
