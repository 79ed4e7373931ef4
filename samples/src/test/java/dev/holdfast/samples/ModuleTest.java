package dev.holdfast.samples;

import dev.holdfast.checks.ModuleChecks;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(Ledger.class);
  }

  /** The samples are read and copied, not called. */
  @Override
  protected boolean isPublicApi(String packageName) {
    return false;
  }
}
