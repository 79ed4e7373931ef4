package dev.holdfast.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names and figures on the pages are those of the code. */
class PageFactsTest {
  private static final Pattern EXCEPTION_NAME =
      Pattern.compile("`(dev\\.holdfast\\.[a-z.]+\\.\\w+Exception)`");
  private static final Pattern METRIC_COUNT = Pattern.compile("(\\d+)\\s+metrics\\b");
  private static final Pattern METRIC = Pattern.compile("(?m)^  [A-Z_]+\\(\"");
  private static final Pattern PROJECT_ARTIFACT = Pattern.compile("holdfast-[a-z-]+");

  @Test
  void exceptionsOnErrorsPage_areThoseOfTheLibraries() throws IOException {
    Set<String> documented =
        EXCEPTION_NAME
            .matcher(Page.read("docs/errors.md").text())
            .results()
            .map(name -> name.group(1))
            .collect(Collectors.toSet());
    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of("lock-lib", "lambda-handlers").flatMap(PageFactsTest::exceptions).toList());
  }

  @Test
  void numberOfMetrics_isTheSameOnAllPages() throws IOException {
    Path source = findSource("lambda-handlers", "LockMetric.java");
    String count = String.valueOf(METRIC.matcher(Files.readString(source)).results().count());
    assertThat(Page.readAll().stream().flatMap(page -> page.findInProse(METRIC_COUNT).stream()))
        .extracting(number -> number.group(1))
        .isNotEmpty()
        .containsOnly(count);
  }

  @Test
  void artifactsInReadme_areInTheBom() {
    Set<String> inBom = artifacts(Page.readFile("bom/pom.xml"));
    assertThat(artifacts(Page.read("README.md").text())).isNotEmpty().isSubsetOf(inBom);
  }

  @Test
  void versionsInReadme_areThoseOfThePom() {
    String pom = Page.readFile("pom.xml");
    String readme = Page.read("README.md").text();
    assertThat(readme)
        .contains("AWS SDK for Java | " + version(pom, "<aws-sdk.version>([^<]+)"))
        .contains(
            "for the testkits | " + version(pom, "junit-bom</artifactId>\\s*<version>([^<]+)"))
        .contains("aws-cdk-lib " + version(pom, "aws-cdk-lib</artifactId>\\s*<version>([^<]+)"))
        .contains("constructs " + version(pom, "constructs</artifactId>\\s*<version>([^<]+)"))
        .contains("bytecode " + version(pom, "<maven.compiler.release>([^<]+)"));
  }

  private static String version(String pom, String pattern) {
    return Pattern.compile(pattern)
        .matcher(pom)
        .results()
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> artifacts(String text) {
    return PROJECT_ARTIFACT
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  private static Stream<String> exceptions(String module) {
    Path root = sourceRoot(module);
    return javaFiles(root).stream()
        .map(file -> root.relativize(file).toString().replace('/', '.'))
        .filter(name -> name.endsWith("Exception.java") && !name.contains(".internal."))
        .map(name -> name.replace(".java", ""));
  }

  private static Path findSource(String module, String name) {
    return javaFiles(sourceRoot(module)).stream()
        .filter(file -> file.endsWith(name))
        .findFirst()
        .orElseThrow();
  }

  private static Path sourceRoot(String module) {
    return Page.REPOSITORY.resolve(module).resolve(Path.of("src", "main", "java"));
  }

  private static List<Path> javaFiles(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
