package dev.holdfast.lock;

import static com.tngtech.archunit.base.DescribedPredicate.not;
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

  private static final String API = "dev.holdfast.lock";

  private static final String INTERNAL = "dev.holdfast.lock.internal.";

  private static final String PROTOCOL = INTERNAL + "protocol";

  private static final String TEXT = INTERNAL + "text";

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
        Set.of("dev.holdfast.lock"),
        Set.of(TEXT));
  }

  @Override
  protected List<ArchRule> rules() {
    return List.of(
        protocolIsPure(),
        protocolReadsNoClock(),
        apiDoesNotDependOnInternals(),
        engineDoesNotDependOnDynamoDb(),
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
        .because(
            "the protocol is a function of the replies and the time, so that it can be simulated");
  }

  private static ArchRule protocolReadsNoClock() {
    return noClasses()
        .that()
        .resideInAPackage(PROTOCOL)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Clock.class, InstantSource.class, Random.class, UUID.class, Thread.class, Runtime.class)
        .because("time and random numbers are arguments, and the engine owns the threads");
  }

  private static ArchRule apiDoesNotDependOnInternals() {
    return noClasses()
        .that()
        .resideInAPackage(API)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(INTERNAL + ".", "dev.holdfast.lock.dynamodb..")
                .and(not(resideInAPackage(TEXT)))
                .or(resideInAPackage("software.amazon..")))
        .because(
            "only the rule for texts is below the public API, and every other package may change");
  }

  private static ArchRule engineDoesNotDependOnDynamoDb() {
    return noClasses()
        .that()
        .resideInAPackage(INTERNAL + "engine")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.holdfast.lock.dynamodb..", INTERNAL + "dynamodb..")
                .or(resideInAPackage("software.amazon..")))
        .because("the engine runs on any LockStore");
  }

  private static ArchRule noRandomFields() {
    return noFields()
        .should()
        .haveRawType(assignableTo(Random.class))
        .because("two processes restored from one snapshot would generate the same numbers");
  }

  private static ArchRule lockDoesNotDependOnAdmin() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ADMIN)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ADMIN)
        .because("locking needs no permission for administration and loads none of its classes");
  }
}
