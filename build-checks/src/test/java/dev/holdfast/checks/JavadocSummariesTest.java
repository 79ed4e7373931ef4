package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavadocSummariesTest {

  @TempDir private Path root;

  private List<String> violations(String source) throws IOException {
    return JavadocSummaries.violations(
        new SourceTreeFixture(root).add("shop/Order.java", source).tree());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/** What a customer wants. */ class Order {}",
        "/**\n * Whose parcel it is.\n */\nclass Order {}",
        "class Order {\n  /** Whether it is paid. */\n  boolean paid() { return true; }\n}",
        "class Order {\n  /** {@code Its} price. */\n  int price;\n}",
        "/** Goods for whoever pays. */ class Order {}",
        "/** The customer {@link Customer is told} the price. */ class Order {}",
      })
  void violations_clauseOrIdiom_isReported(String source) throws IOException {
    assertThat(violations(source)).singleElement().asString().contains("Order.java: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/** Goods that a customer wants. What follows is no summary. */ class Order {}",
        "/** Returns the price. @return whose price it is */ class Order {}",
        "/** @return what it costs */ class Order {}",
        "/* What is no Javadoc comment. */ class Order {}",
        "class Order { String glob = \"src/**/*.java\"; /* What */ }",
        "/** Whatsapp order. */ class Order {}",
      })
  void violations_nounOrVerbPhrase_isAllowed(String source) throws IOException {
    assertThat(violations(source)).isEmpty();
  }

  @Test
  void firstSentence_hasNoTagsAndNoLineBreaks() {
    assertThat(
            JavadocSummaries.firstSentence("/**\n * An {@code <b>order</b>}\n * of <i>1</i>. B */"))
        .isEqualTo("An order of 1.");
  }
}
