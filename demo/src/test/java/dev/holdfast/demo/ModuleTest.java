package dev.holdfast.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.checks.ModuleChecks;
import java.util.List;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(Demo.class);
  }

  /** The demo is run, not called. */
  @Override
  protected boolean isPublicApi(String packageName) {
    return false;
  }

  /** A judge that asks the lock would be its own witness. */
  @Override
  protected List<ArchRule> rules() {
    return List.of(
        noClasses()
            .that()
            .resideInAPackage("..demo.checker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.holdfast.lock..",
                "dev.holdfast.lambda..",
                "..demo.aws..",
                "..demo.dynamodb..",
                "..demo.faults.."));
  }
}
