package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackageLayersTest {

  private static final String FIRST = "dev.holdfast.checks.violations.first";
  private static final String SECOND = "dev.holdfast.checks.violations.second";

  private final JavaClasses cyclic = new ClassFileImporter().importPackages(FIRST, SECOND);
  private final JavaClasses first = new ClassFileImporter().importPackages(FIRST);

  private static void check(JavaClasses classes, List<Set<String>> layers) {
    PackageLayers.rule(layers).check(classes);
  }

  @Test
  void rule_lowerLayerDependsOnUpper_fails() {
    assertThatThrownBy(() -> check(cyclic, List.of(Set.of(FIRST), Set.of(SECOND))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("second.Second.first()")
        .hasMessageNotContaining("first.First.second()");
  }

  @Test
  void rule_packagesOfOneLayerDependOnEachOther_fails() {
    assertThatThrownBy(() -> check(cyclic, List.of(Set.of(FIRST, SECOND))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("second.Second.first()")
        .hasMessageContaining("first.First.second()");
  }

  @Test
  void rule_packageWithoutLayer_fails() {
    assertThatThrownBy(() -> check(cyclic, List.of(Set.of(FIRST))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Second is in a package that no layer names");
  }

  @Test
  void rule_upperLayerDependsOnLower_passes() {
    assertThatCode(() -> check(first, List.of(Set.of(FIRST), Set.of(SECOND))))
        .doesNotThrowAnyException();
  }

  @Test
  void rule_pattern_coversSubpackages() {
    assertThatCode(() -> check(cyclic, List.of(Set.of("dev.holdfast.checks.violations.."))))
        .doesNotThrowAnyException();
  }
}
