package dev.holdfast.lambda.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Compares the example of docs/handlers.md with the compiled source. */
class HandlersGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "handlers.md");
  private static final Path SOURCES = Path.of("src/test/java/dev/holdfast/lambda/guide");

  @Test
  void testExample_inTheGuide_equalsTheSource() throws IOException {
    String source = Files.readString(SOURCES.resolve("ShipOrderTest.java"));
    String example =
        source.substring(
            source.indexOf("// tag::example[]\n") + "// tag::example[]\n".length(),
            source.indexOf("// end::example[]"));
    assertThat(Files.readString(GUIDE)).contains("```java\n" + example + "```\n");
  }
}
