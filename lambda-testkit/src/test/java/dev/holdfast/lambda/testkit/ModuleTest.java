package dev.holdfast.lambda.testkit;

import dev.holdfast.checks.ModuleChecks;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(LocalExecutionEnvironment.class);
  }
}
