package dev.holdfast.policy;

import dev.holdfast.checks.ModuleChecks;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(IamPolicy.class);
  }

  /** The policies are for the tests of Holdfast only. */
  @Override
  protected boolean isPublicApi(String packageName) {
    return false;
  }
}
