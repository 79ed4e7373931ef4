package dev.holdfast.lambda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.checks.ModuleChecks;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(Guard.class);
  }

  @Override
  protected List<Set<String>> layers() {
    String internal = "dev.holdfast.lambda.internal.";
    return List.of(
        Set.of("dev.holdfast.lambda"),
        Set.of(
            internal + "client",
            internal + "eventbridge",
            internal + "http",
            internal + "notifications",
            internal + "sqs",
            internal + "streams"),
        Set.of(internal + "admission"),
        Set.of(internal + "keys", internal + "metrics", internal + "records"),
        Set.of(internal + "time"),
        Set.of("dev.holdfast.lambda.model"),
        Set.of(internal + "json"),
        Set.of("dev.holdfast.lambda.error", internal + "log", internal + "util"));
  }

  @Override
  protected List<ArchRule> rules() {
    return List.of(usesNoReflection(), usesNoCheckpointHooks());
  }

  private static ArchRule usesNoReflection() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(AccessibleObject.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(MethodHandles.class, Proxy.class)
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .because("what a handler is made of is known to the compiler");
  }

  private static ArchRule usesNoCheckpointHooks() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.crac..", "jdk.crac..")
        .because("nothing that is kept has to be renewed after a restore");
  }
}
