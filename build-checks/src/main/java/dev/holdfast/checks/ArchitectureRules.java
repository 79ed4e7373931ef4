package dev.holdfast.checks;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Rules that hold in every module. */
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
        .because("a package is a concept, and concepts that need each other are one");
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
        .because("a name says what a thing is");
  }

  static ArchRule noMutableStatics() {
    return fields()
        .that()
        .haveModifier(STATIC)
        .should()
        .haveModifier(FINAL)
        .allowEmptyShould(true)
        .because("snapshots and several invocations in one JVM share them");
  }

  static ArchRule noThreadLocals() {
    return noFields()
        .should()
        .haveRawType(ThreadLocal.class)
        .allowEmptyShould(true)
        .because("an invocation may move between threads, and a thread between invocations");
  }
}
