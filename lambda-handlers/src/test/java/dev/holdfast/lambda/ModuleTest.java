package dev.holdfast.lambda;

import dev.holdfast.checks.ModuleChecks;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(Guard.class);
  }
}
