package dev.holdfast.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.checks.ModuleChecks;
import java.util.List;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(Demo.class);
  }

  /** Returns false, because no other module calls the demo. */
  @Override
  protected boolean isPublicApi(String packageName) {
    return false;
  }

  /** Keeps the checker independent of the code that it checks. */
  @Override
  protected List<ArchRule> rules() {
    return List.of(
        noClasses()
            .that()
            .resideInAPackage("..demo.checker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.holdfast.lock..",
                "dev.holdfast.lambda..",
                "..demo.aws..",
                "..demo.dynamodb..",
                "..demo.faults.."));
  }
}
