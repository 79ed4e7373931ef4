package dev.holdfast.testkit;

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
    return List.of(
        isOptional("software.amazon.dynamodb..", "dev.holdfast.testkit.local.."),
        isOptional("org.junit..", "dev.holdfast.testkit.junit.."),
        simulatedTableDoesNotUseProtocol());
  }

  private static ArchRule isOptional(String dependency, String onlyUser) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(onlyUser)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(dependency)
        .because("users of the simulated table need neither DynamoDB Local nor JUnit");
  }

  private static ArchRule simulatedTableDoesNotUseProtocol() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.holdfast.lock.internal.protocol..")
        .because("a table that knew the lock's rules would agree with their mistakes");
  }
}
