package dev.holdfast.checks;

import static org.junit.jupiter.api.Assertions.assertAll;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The checks of one module. Its test extends this class; the module's folder is the working one.
 */
public abstract class ModuleChecks {

  private final ModuleClasses classes;

  /**
   * Checks the module that a class belongs to.
   *
   * @param moduleClass any class of the module's main code
   */
  protected ModuleChecks(Class<?> moduleClass) {
    this.classes = ModuleClasses.containing(moduleClass);
  }

  /**
   * Whether users may rely on what is public in a package; all of it unless overridden.
   *
   * @param packageName a package of the module
   * @return false where it is public only for our own packages
   */
  protected boolean isPublicApi(String packageName) {
    return true;
  }

  /**
   * Which of the module's packages may know what; nothing unless overridden.
   *
   * @return rules on top of those that hold in every module
   */
  protected List<ArchRule> rules() {
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
    assertAll(
        Stream.concat(ArchitectureRules.rules().stream(), rules().stream())
            .map(rule -> () -> rule.check(imported)));
  }
}
