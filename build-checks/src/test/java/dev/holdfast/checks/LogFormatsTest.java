package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatsTest {

  @TempDir private Path root;

  private List<String> violations(String statement) throws IOException {
    String source = "class Order {\n  void log() {\n    " + statement + "\n  }\n}\n";
    return LogFormats.violations(new SourceTreeFixture(root).add("shop/Order.java", source).tree());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOG.warn(\"outcome=not sent order={}\", order);",
        "LOG.info(\"outcome=sent order={}: it left\", order);",
        "LOG.debug(\"sending failed\", e);",
        "LOG.info(\"order={}\" + \" sent to {}\", order, customer);",
        "LOG.info(\"order=\" + order);",
        "LOG.error(message);",
        "LOG\n        .info(\n            \"order {}\", order);",
        "logger.info(\"\");",
        "logger().warn(\"sending failed\", e);",
      })
  void violations_textOutsidePairs_isReported(String statement) throws IOException {
    assertThat(violations(statement)).singleElement().asString().contains("Order.java: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOG.warn(\"outcome=not_sent order={}\", order, e);",
        "LOG.info(\n        \"outcome=sent order={}\"\n            + \" truck={}\",\n        order, truck);",
        "LOG.warn(\"outcome=late hint=\\\"call the driver\\\"\");",
        "// LOG.info(\"sent {}\")",
        "String text = \"LOG.info(sent)\";",
        "catalog.info(\"a free text\");",
      })
  void violations_pairsOnly_areAllowed(String statement) throws IOException {
    assertThat(violations(statement)).isEmpty();
  }
}
