package dev.holdfast.verification.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Page of the documentation, in Markdown.
 *
 * @param path path in the repository
 * @param text content of the page
 */
record Page(Path path, String text) {
  static final Path REPOSITORY = Path.of("..");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?sm)^```.*?^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern NOT_IN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N} _-]");

  static Page read(String path) {
    return new Page(Path.of(path), readFile(path));
  }

  static List<Page> readAll() throws IOException {
    try (Stream<Path> root = Files.list(REPOSITORY);
        Stream<Path> docs = Files.list(REPOSITORY.resolve("docs"))) {
      return Stream.concat(root, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .map(file -> read(REPOSITORY.relativize(file).toString()))
          .toList();
    }
  }

  static String readFile(String path) {
    try {
      return Files.readString(REPOSITORY.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the places outside of code blocks that match a pattern. */
  List<MatchResult> findInProse(Pattern pattern) {
    return pattern.matcher(CODE_BLOCK.matcher(text).replaceAll("")).results().toList();
  }

  /** Returns the anchors that GitHub gives to the headings. */
  List<String> anchors() {
    return findInProse(HEADING).stream().map(heading -> toAnchor(heading.group(1))).toList();
  }

  private static String toAnchor(String heading) {
    String plain = NOT_IN_ANCHOR.matcher(heading.toLowerCase(Locale.ROOT)).replaceAll("");
    return plain.strip().replace(' ', '-');
  }
}
