package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentedTestsTest {
  @TempDir private Path repository;
  private Path page;

  @BeforeEach
  void createATest() throws IOException {
    Path tests = Files.createDirectories(repository.resolve("module/src/test/java/shop"));
    Files.writeString(
        tests.resolve("SellTest.java"), "class SellTest {\n  void sell_sells() {}\n}\n");
    page = repository.resolve("page.md");
  }

  private void verify(String text) throws IOException {
    Files.writeString(page, text);
    new DocumentedTests(page).verifyExist(repository);
  }

  @Test
  void verifyExist_existingTest_passes() {
    assertThatCode(() -> verify("it works: `SellTest.sell_sells`")).doesNotThrowAnyException();
  }

  @Test
  void verifyExist_renamedTest_fails() {
    assertThatThrownBy(() -> verify("`SellTest.sell_sells` and `SellTest.sell_buys`"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("`SellTest.sell_buys`");
  }

  @Test
  void verifyExist_missingClass_fails() {
    assertThatThrownBy(() -> verify("`BuyTest.sell_sells`")).isInstanceOf(AssertionError.class);
  }

  @Test
  void verifyExist_pageWithoutReference_fails() {
    assertThatThrownBy(() -> verify("nothing here")).isInstanceOf(AssertionError.class);
  }
}
