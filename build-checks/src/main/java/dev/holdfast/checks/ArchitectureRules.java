package dev.holdfast.checks;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Architecture rules of every module. */
final class ArchitectureRules {

  private ArchitectureRules() {}

  static List<ArchRule> rules() {
    return List.of(
        noPackageCycles(), noMeaninglessSuffixes(), noMutableStatics(), noThreadLocals());
  }

  static ArchRule noPackageCycles() {
    return slices()
        .matching("dev.holdfast.(**)")
        .should()
        .beFreeOfCycles()
        .because("packages that need each other are one package");
  }

  static ArchRule noMeaninglessSuffixes() {
    return noClasses()
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .because("such a suffix does not describe the object");
  }

  static ArchRule noMutableStatics() {
    return fields()
        .that()
        .haveModifier(STATIC)
        .should()
        .haveModifier(FINAL)
        .allowEmptyShould(true)
        .because("snapshots and concurrent invocations in one JVM share static fields");
  }

  static ArchRule noThreadLocals() {
    return noFields()
        .should()
        .haveRawType(ThreadLocal.class)
        .allowEmptyShould(true)
        .because("one invocation may use several threads, and one thread several invocations");
  }
}
