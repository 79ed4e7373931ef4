package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogArgumentsTest {

  @TempDir private Path root;

  private List<String> violations(String statement) throws IOException {
    String source = "class Order {\n  void log() {\n    " + statement + "\n  }\n}\n";
    return LogArguments.violations(
        new SourceTreeFixture(root).add("shop/Order.java", source).tree());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOG.warn(\"order={}\", name);",
        "logger().warn(\"order={}\", name);",
        "LOG.info(\"order={} count={}\", order.name(), count);",
        "CLIENT_LOG.debug(\n        \"order={}\",\n        orderId,\n        e);",
        "LOG.error(\"holder={}\", String.valueOf(row.holder()).strip(), row.label());",
      })
  void violations_rawText_isReported(String statement) throws IOException {
    assertThat(violations(statement)).singleElement().asString().contains("Order.java: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOG.warn(\"order={}\", LogText.value(name), e);",
        "LOG.info(\"holder={}\", holder.map(h -> LogText.value(h.name())).orElse(\"none\"));",
        "LOG.info(\"name={}\", time.toMillis());",
        "catalog.info(\"{}\", name);",
      })
  void violations_quotedText_isAllowed(String statement) throws IOException {
    assertThat(violations(statement)).isEmpty();
  }
}
