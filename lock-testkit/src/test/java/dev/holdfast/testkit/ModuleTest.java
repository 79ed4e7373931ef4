package dev.holdfast.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.checks.ModuleChecks;
import java.util.List;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(SimulatedTable.class);
  }

  @Override
  protected List<ArchRule> rules() {
    return List.of(optionalDependenciesStayOptional(), simulationKnowsNoRules());
  }

  private static ArchRule optionalDependenciesStayOptional() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("dev.holdfast.testkit.local..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("software.amazon.dynamodb..").or(resideInAPackage("org.junit..")))
        .because("users of the simulated table need neither DynamoDB Local nor JUnit");
  }

  private static ArchRule simulationKnowsNoRules() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.holdfast.lock.protocol..")
        .because("a table that knew the lock's rules would agree with their mistakes");
  }
}
