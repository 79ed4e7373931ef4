package dev.holdfast.checks;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(ModuleChecks.class);
  }

  /** The checks are for the tests of Holdfast only. */
  @Override
  protected boolean isPublicApi(String packageName) {
    return false;
  }
}
