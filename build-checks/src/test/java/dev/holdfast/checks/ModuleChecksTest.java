package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleChecksTest {

  private final ModuleChecks checks = new ModuleChecks(ModuleChecks.class) {};

  @ParameterizedTest
  @CsvSource({
    "dev.holdfast.lock, true",
    "dev.holdfast.lock.dynamodb, true",
    "dev.holdfast.lock.internal, false",
    "dev.holdfast.lock.internal.engine, false",
    "dev.holdfast.lock.internals, true",
  })
  void isPublicApi_internalPackages_areExcluded(String packageName, boolean expected) {
    assertThat(checks.isPublicApi(packageName)).isEqualTo(expected);
  }
}
