package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tests that a documentation page names, as {@code ClassTest.method} between backticks.
 *
 * @param page the path of the page
 */
public record DocumentedTests(Path page) {
  private static final Pattern TEST_REFERENCE = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
  private static final Path TEST_SOURCE_ROOT = Path.of("src", "test", "java");

  /**
   * Checks that each of these tests exists.
   *
   * @param repository the folder that holds the modules
   * @throws IOException if a file cannot be read
   */
  public void verifyExist(Path repository) throws IOException {
    List<String> references =
        TEST_REFERENCE
            .matcher(Files.readString(page))
            .results()
            .map(m -> m.group())
            .distinct()
            .toList();
    assertThat(references).as("tests named in " + page).isNotEmpty();
    Map<String, String> sources = testSources(repository);
    assertThat(references.stream().filter(test -> !exists(test, sources)))
        .as("tests named in " + page + " that do not exist")
        .isEmpty();
  }

  private static boolean exists(String test, Map<String, String> sources) {
    String[] parts = test.replace("`", "").split("\\.", 2);
    return sources.getOrDefault(parts[0], "").contains(" void " + parts[1] + "(");
  }

  private static Map<String, String> testSources(Path repository) throws IOException {
    try (Stream<Path> modules = Files.list(repository)) {
      List<Path> roots =
          modules.map(m -> m.resolve(TEST_SOURCE_ROOT)).filter(Files::isDirectory).toList();
      return roots.stream()
          .flatMap(DocumentedTests::javaFiles)
          .collect(
              Collectors.toMap(
                  DocumentedTests::className, DocumentedTests::readText, (a, b) -> a + b));
    }
  }

  private static Stream<Path> javaFiles(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String className(Path file) {
    return String.valueOf(file.getFileName()).replace(".java", "");
  }

  private static String readText(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
