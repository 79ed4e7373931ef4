package dev.holdfast.samples;

import dev.holdfast.checks.ModuleChecks;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(Ledger.class);
  }

  /** Returns false, because no other module calls the samples. */
  @Override
  protected boolean isPublicApi(String packageName) {
    return false;
  }
}
