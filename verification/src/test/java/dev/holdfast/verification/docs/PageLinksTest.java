package dev.holdfast.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageLinksTest {
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

  @Test
  void links_haveTargets() throws IOException {
    assertThat(Page.readAll().stream().flatMap(PageLinksTest::brokenLinks)).isEmpty();
  }

  @Test
  void pages_areLinkedFromReadme() throws IOException {
    Page readme = Page.read("README.md");
    Set<Path> linked =
        readme.findInProse(LINK).stream()
            .map(link -> target(readme, link))
            .collect(Collectors.toSet());
    assertThat(Page.readAll().stream().map(Page::path))
        .filteredOn(path -> !path.equals(readme.path()))
        .isSubsetOf(linked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[a](no-such-page.md)", "[a](semantics.md#no-such-heading)", "[a](#no-such-part)"})
  void canary_brokenLink_isReported(String text) {
    assertThat(brokenLinks(new Page(Path.of("docs", "page.md"), text))).hasSize(1);
  }

  private static Stream<String> brokenLinks(Page page) {
    return page.findInProse(LINK).stream()
        .filter(link -> !exists(page, link))
        .map(link -> page.path() + ": " + link.group());
  }

  private static boolean exists(Page page, MatchResult link) {
    Path target = target(page, link);
    if (link.group(1).isEmpty()) {
      return page.anchors().contains(link.group(2));
    }
    if (!Files.exists(Page.REPOSITORY.resolve(target))) {
      return false;
    }
    List<String> anchors =
        link.group(2) == null ? List.of() : Page.read(target.toString()).anchors();
    return link.group(2) == null || anchors.contains(link.group(2));
  }

  private static Path target(Page page, MatchResult link) {
    return page.path().resolveSibling(link.group(1)).normalize();
  }
}
