package dev.holdfast.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages show the files and the regions of {@link LockGuideTest} as they are. */
class PageSnippetsTest {
  private static final String GUIDE_SOURCE =
      "verification/src/test/java/dev/holdfast/verification/docs/LockGuideTest.java";
  private static final Pattern FILE =
      Pattern.compile("<!-- file: (\\S+) -->\n```\\w+\n((?s:.*?))```\n");
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet: (\\w+) -->\n```java\n((?s:.*?))```\n");
  private static final Pattern MARK = Pattern.compile("<!-- (?:file|snippet): ");
  private static final Pattern REGION =
      Pattern.compile("(?m)^ *// tag::(\\w+)\\[]\n((?s:.*?))^ *// end::\\1\\[]");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import dev\\.holdfast\\.lock.*;$");

  @Test
  void blocks_equalTheirSources() throws IOException {
    assertThat(Page.readAll().stream().flatMap(PageSnippetsTest::findDifferences)).isEmpty();
  }

  @Test
  void regions_areShown() {
    String pages = Page.read("README.md").text() + Page.read("docs/lock.md").text();
    assertThat(regions().keySet())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(pages).contains("<!-- snippet: " + name + " -->"));
  }

  @Test
  void importsOfLockPage_areThoseOfItsSource() {
    List<String> source = imports(Page.readFile(GUIDE_SOURCE));
    assertThat(imports(Page.read("docs/lock.md").text())).isNotEmpty().isSubsetOf(source);
  }

  @Test
  void exampleProject_isShownAsAWhole() throws IOException {
    List<String> shown =
        FILE.matcher(Page.read("docs/getting-started.md").text())
            .results()
            .map(block -> block.group(1))
            .toList();
    try (Stream<Path> files = Files.walk(Page.REPOSITORY.resolve("docs").resolve("example"))) {
      assertThat(files.filter(Files::isRegularFile).map(Page.REPOSITORY::relativize))
          .extracting(Path::toString)
          .filteredOn(file -> !file.contains("/target/") && !file.contains("/cdk.out/"))
          .containsExactlyInAnyOrderElementsOf(shown);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- file: docs/example/cdk.json -->\n```json\n{}\n```\n",
        "<!-- snippet: call -->\n```java\nlocks.call();\n```\n",
        "<!-- snippet: unknown -->\n```java\n```\n",
        "<!-- snippet: call -->\n\n```java\n```\n",
      })
  void canary_changedBlock_isReported(String text) {
    assertThat(findDifferences(new Page(Path.of("page.md"), text))).hasSize(1);
  }

  private static Stream<String> findDifferences(Page page) {
    List<MatchResult> files = FILE.matcher(page.text()).results().toList();
    List<MatchResult> snippets = SNIPPET.matcher(page.text()).results().toList();
    if (MARK.matcher(page.text()).results().count() != files.size() + snippets.size()) {
      return Stream.of(page.path() + ": a mark without a block behind it");
    }
    Map<String, String> regions = regions();
    return Stream.concat(
        files.stream()
            .filter(block -> !block.group(2).equals(Page.readFile(block.group(1))))
            .map(block -> page.path() + ": " + block.group(1)),
        snippets.stream()
            .filter(block -> !block.group(2).equals(regions.get(block.group(1))))
            .map(block -> page.path() + ": " + block.group(1)));
  }

  private static Map<String, String> regions() {
    return REGION
        .matcher(Page.readFile(GUIDE_SOURCE))
        .results()
        .collect(
            Collectors.toMap(
                m -> m.group(1), m -> m.group(2).stripTrailing().stripIndent() + "\n"));
  }

  private static List<String> imports(String text) {
    return IMPORT.matcher(text).results().map(MatchResult::group).toList();
  }
}
