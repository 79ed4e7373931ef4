package dev.holdfast.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes and packages that the page on the architecture names between backticks exist. */
class PageClassesTest {
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)`");
  private static final Pattern PACKAGE = Pattern.compile("`(dev(?:\\.[a-z]+)+)`");
  private static final Path SOURCES = Path.of("src");

  @Test
  void classesAndPackages_exist() throws IOException {
    Page page = Page.read("docs/architecture.md");
    assertThat(page.findInProse(CLASS)).isNotEmpty();
    assertThat(page.findInProse(PACKAGE)).isNotEmpty();
    assertThat(findMissing(page, sourceFiles())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"`NoSuchClass`", "`dev.holdfast.nowhere`"})
  void canary_missingName_isReported(String text) throws IOException {
    assertThat(findMissing(new Page(Path.of("page.md"), text), sourceFiles())).hasSize(1);
  }

  private static List<String> findMissing(Page page, List<Path> files) {
    Set<String> classes =
        files.stream()
            .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
            .collect(Collectors.toSet());
    Set<String> packages =
        files.stream()
            .map(file -> String.valueOf(file.getParent()).replace('/', '.'))
            .collect(Collectors.toSet());
    return Stream.concat(
            page.findInProse(CLASS).stream()
                .map(name -> name.group(1))
                .filter(name -> !classes.contains(name)),
            page.findInProse(PACKAGE).stream()
                .map(name -> name.group(1))
                .filter(name -> packages.stream().noneMatch(other -> contains(other, name))))
        .distinct()
        .toList();
  }

  private static boolean contains(String packageName, String name) {
    return (packageName + ".").contains("." + name + ".");
  }

  private static List<Path> sourceFiles() throws IOException {
    try (Stream<Path> modules = Files.list(Page.REPOSITORY)) {
      return modules
          .map(module -> module.resolve(SOURCES))
          .filter(Files::isDirectory)
          .toList()
          .stream()
          .flatMap(PageClassesTest::javaFiles)
          .toList();
    }
  }

  private static Stream<Path> javaFiles(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
