package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks of one module, as JUnit tests. The module's test extends this class. The working directory
 * must be the module's folder, as it is under Maven.
 */
public abstract class ModuleChecks {

  private static final SourceTree MAIN = new SourceTree(Path.of("src", "main", "java"));
  private static final SourceTree TEST = new SourceTree(Path.of("src", "test", "java"));

  private final ModuleClasses classes;

  /**
   * Creates the checks of the module that contains a class.
   *
   * @param moduleClass any class of the module's main code
   */
  protected ModuleChecks(Class<?> moduleClass) {
    this.classes = ModuleClasses.containing(moduleClass);
  }

  /**
   * Returns whether the public types of a package belong to the published API. By default all
   * packages do, except {@code internal} packages and their subpackages.
   *
   * @param packageName the name of a package of the module
   * @return false if its types are public only for other packages of Holdfast
   */
  protected boolean isPublicApi(String packageName) {
    return !(packageName + ".").contains(".internal.");
  }

  /**
   * Returns the architecture rules of this module, in addition to those of every module. By default
   * there are none.
   *
   * @return the additional rules
   */
  protected List<ArchRule> rules() {
    return List.of();
  }

  /**
   * Returns the layers of this module's packages, from top to bottom. A class may depend on its own
   * package and on lower layers. Packages of one layer do not depend on each other. A non-empty
   * list must name every package of the module. By default the list is empty and nothing is
   * checked.
   *
   * @return for each layer its packages, as ArchUnit patterns such as {@code dev.holdfast.cli} or
   *     {@code ..internal.engine..}
   */
  protected List<Set<String>> layers() {
    return List.of();
  }

  @Test
  final void publicSignatures_equalApiFile() throws IOException {
    List<Class<?>> api =
        classes.publicTypes().stream().filter(type -> isPublicApi(type.getPackageName())).toList();
    new ApiSignatureFile(Path.of("api.txt")).check(ApiSignatures.of(api));
  }

  @Test
  final void packages_followArchitectureRules() {
    JavaClasses imported = new ClassFileImporter().importPath(classes.root());
    List<ArchRule> layerRule =
        layers().isEmpty() ? List.of() : List.of(PackageLayers.rule(layers()));
    assertAll(
        Stream.of(ArchitectureRules.rules(), rules(), layerRule)
            .flatMap(List::stream)
            .map(rule -> () -> rule.check(imported)));
  }

  @Test
  final void packages_haveLimitedSize() {
    assertThat(PackageSize.violations(MAIN)).isEmpty();
    assertThat(PackageSize.violations(TEST)).isEmpty();
  }

  @Test
  final void types_formNoLargeCycle() {
    assertThat(ClassCycles.violations(MAIN)).isEmpty();
  }

  @Test
  final void javadocSummaries_openWithNounOrVerb() {
    assertThat(JavadocSummaries.violations(MAIN)).isEmpty();
  }

  @Test
  final void logFormats_areKeyValuePairs() {
    assertThat(LogFormats.violations(MAIN)).isEmpty();
  }

  @Test
  final void logArguments_areQuoted() {
    assertThat(LogArguments.violations(MAIN)).isEmpty();
  }
}
