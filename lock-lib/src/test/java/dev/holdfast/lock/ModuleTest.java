package dev.holdfast.lock;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.checks.ModuleChecks;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

final class ModuleTest extends ModuleChecks {

  private static final String PROTOCOL = "dev.holdfast.lock.internal.protocol";

  private static final String ADMIN = "dev.holdfast.lock.admin";

  ModuleTest() {
    super(LockClient.class);
  }

  @Override
  protected List<Set<String>> layers() {
    return List.of(
        Set.of(ADMIN),
        Set.of("dev.holdfast.lock.dynamodb"),
        Set.of("dev.holdfast.lock.internal.dynamodb", "dev.holdfast.lock.internal.engine"),
        Set.of(PROTOCOL),
        Set.of("dev.holdfast.lock"));
  }

  @Override
  protected List<ArchRule> rules() {
    return List.of(
        protocolIsPure(),
        protocolReadsNoClock(),
        lockDoesNotDependOnDynamoDb(),
        noRandomFields(),
        lockDoesNotDependOnAdmin());
  }

  private static ArchRule protocolIsPure() {
    return classes()
        .that()
        .resideInAPackage(PROTOCOL)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    PROTOCOL,
                    "java.lang",
                    "java.lang.runtime",
                    "java.lang.invoke",
                    "java.util",
                    "java.util.function",
                    "java.util.stream",
                    "java.time",
                    "org.jspecify.annotations")
                .or(type(TimeUnit.class)))
        .because("given what came back and the time, it says what to do: it can be simulated");
  }

  private static ArchRule protocolReadsNoClock() {
    return noClasses()
        .that()
        .resideInAPackage(PROTOCOL)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Clock.class, InstantSource.class, Random.class, UUID.class, Thread.class, Runtime.class)
        .because("time and chance are arguments, and threads are the shell's");
  }

  private static ArchRule lockDoesNotDependOnDynamoDb() {
    return noClasses()
        .that()
        .resideInAPackage("dev.holdfast.lock")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.holdfast.lock.dynamodb..")
                .or(resideInAPackage("software.amazon..")))
        .because("what users write does not depend on how a row is stored");
  }

  private static ArchRule noRandomFields() {
    return noFields()
        .should()
        .haveRawType(assignableTo(Random.class))
        .because("a snapshot that is restored twice would draw the same twice");
  }

  private static ArchRule lockDoesNotDependOnAdmin() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ADMIN)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ADMIN)
        .because("locking loads nothing that reads, and needs no permission to");
  }
}
