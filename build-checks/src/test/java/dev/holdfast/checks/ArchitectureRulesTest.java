package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.checks.sample.Door;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureRulesTest {

  private final ClassFileImporter importer = new ClassFileImporter();
  private final JavaClasses violations = importer.importPackages("dev.holdfast.checks.violations");

  static List<ArchRule> rules() {
    return ArchitectureRules.rules();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_violatingCode_fails(ArchRule rule) {
    assertThatThrownBy(() -> rule.check(violations)).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_conformingCode_passes(ArchRule rule) {
    JavaClasses conforming = importer.importPackagesOf(Door.class);
    assertThat(conforming).isNotEmpty();
    assertThatCode(() -> rule.check(conforming)).doesNotThrowAnyException();
  }
}
