package dev.holdfast.lambda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.checks.ModuleChecks;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

final class ModuleTest extends ModuleChecks {
  private static final String INTERNAL = "dev.holdfast.lambda.internal.";

  ModuleTest() {
    super(Guard.class);
  }

  @Override
  protected List<Set<String>> layers() {
    return List.of(
        Set.of("dev.holdfast.lambda"),
        internal("sqs", "streams", "notifications", "http", "eventbridge"),
        internal("records"),
        internal("admission"),
        internal("keys", "metrics"),
        internal("time"),
        Set.of("dev.holdfast.lambda.model"),
        internal("client"),
        internal("json"),
        internal("log", "util"),
        Set.of("dev.holdfast.lambda.error"));
  }

  private static Set<String> internal(String... names) {
    return Set.copyOf(Stream.of(names).map(name -> INTERNAL + name).toList());
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
        .because("the compiler knows the members of a handler");
  }

  private static ArchRule usesNoCheckpointHooks() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.crac..", "jdk.crac..")
        .because("no state has to be renewed after a restore from a snapshot");
  }
}
