package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedTestsTest {
  @TempDir private Path repository;
  private Path page;

  @BeforeEach
  void createATest() throws IOException {
    Path tests = Files.createDirectories(repository.resolve("module/src/test/java/shop"));
    Files.writeString(
        tests.resolve("SellTest.java"), "class SellTest {\n  void sell_sells() {}\n}\n");
    page = repository.resolve("page.md");
  }

  private void check(String text) throws IOException {
    Files.writeString(page, text);
    new NamedTests(page).checkExist(repository);
  }

  @Test
  void check_testThatExists_passes() {
    assertThatCode(() -> check("it sells: `SellTest.sell_sells`")).doesNotThrowAnyException();
  }

  @Test
  void check_testThatWasRenamed_fails() {
    assertThatThrownBy(() -> check("`SellTest.sell_sells` and `SellTest.sell_buys`"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("`SellTest.sell_buys`");
  }

  @Test
  void check_classThatIsGone_fails() {
    assertThatThrownBy(() -> check("`BuyTest.sell_sells`")).isInstanceOf(AssertionError.class);
  }

  @Test
  void check_pageThatNamesNone_fails() {
    assertThatThrownBy(() -> check("nothing here")).isInstanceOf(AssertionError.class);
  }
}
