package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.checks.open.Door;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StructureTest {

  private final ClassFileImporter importer = new ClassFileImporter();
  private final JavaClasses tangled = importer.importPackages("dev.holdfast.checks.tangled");

  static List<ArchRule> rules() {
    return Structure.rules();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_onTangledCode_fails(ArchRule rule) {
    assertThatThrownBy(() -> rule.check(tangled)).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_onPlainCode_passes(ArchRule rule) {
    JavaClasses plain = importer.importPackagesOf(Door.class);
    assertThat(plain).isNotEmpty();
    assertThatCode(() -> rule.check(plain)).doesNotThrowAnyException();
  }
}
