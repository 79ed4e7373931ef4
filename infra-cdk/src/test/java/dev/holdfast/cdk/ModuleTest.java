package dev.holdfast.cdk;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.checks.ModuleChecks;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.constructs.IConstruct;
import software.constructs.Node;

final class ModuleTest extends ModuleChecks {

  ModuleTest() {
    super(LockTable.class);
  }

  /** The app has no API for other code. */
  @Override
  protected boolean isPublicApi(String packageName) {
    return packageName.equals("dev.holdfast.cdk");
  }

  @Override
  protected List<Set<String>> layers() {
    return List.of(Set.of("dev.holdfast.cdk.app"), Set.of("dev.holdfast.cdk"));
  }

  @Override
  protected List<ArchRule> rules() {
    return List.of(constructsReadNoContext());
  }

  @Test
  void canary_constructReadsContext_violatesRule() {
    JavaClasses reader = new ClassFileImporter().importClasses(ContextReader.class);
    assertThatThrownBy(() -> constructsReadNoContext().check(reader))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("tryGetContext");
  }

  private static ArchRule constructsReadNoContext() {
    return noClasses()
        .that()
        .resideInAPackage("dev.holdfast.cdk")
        .should()
        .callMethodWhere(
            target(
                describe(
                    "that reads context",
                    method ->
                        method.getOwner().isEquivalentTo(Node.class)
                            && method.getName().endsWith("Context"))))
        .because("only the app reads context");
  }

  private record ContextReader(IConstruct construct) implements Supplier<Object> {

    @Override
    public Object get() {
      return construct.getNode().tryGetContext("retain");
    }
  }
}
