package dev.holdfast.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the tables of {@code docs/evidence.md} come from {@code .ci/evidence}. */
class EvidencePageTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final Pattern BLOCK_PATTERN =
      Pattern.compile(
          "^<!-- produced: ([a-z-]+) -->\n((?:(?!<!--).*\n)*)<!-- /produced -->$",
          Pattern.MULTILINE);
  private static final Pattern MARKER_PATTERN = Pattern.compile("<!--");
  private static final Pattern TABLE_PATTERN = Pattern.compile("\\|.*\\|\n\\|[-|]+\\|\n\\|(?s:.*)");
  private static final Pattern TOOL_PATTERN = Pattern.compile("(?m)^  \\[[a-z-]+]='([a-z -]+)'$");
  private static final Pattern MODEL_PATTERN =
      Pattern.compile("(?m)^\\| `((?:good|bad)-[a-z-]+)` ");

  @Test
  void everyBlock_isClosed_andContainsToolTable() throws IOException {
    assertThat(findErrors(readPage(), blockNames())).isEmpty();
  }

  @Test
  void models_areThoseInSpecDirectory() throws IOException {
    try (Stream<Path> spec = Files.list(REPOSITORY.resolve("spec"))) {
      List<String> models =
          spec.map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".cfg"))
              .map(name -> name.replace(".cfg", ""))
              .toList();
      assertThat(MODEL_PATTERN.matcher(readPage()).results().map(model -> model.group(1)))
          .containsExactlyInAnyOrderElementsOf(models);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<!-- produced: mutants -->~| a |~|---|~| 1 |~<!-- /produced -->; ",
        "<!-- produced: mutants -->~| a |~|---|~| 1 |~; unpaired mark",
        "| a |~|---|~| 1 |~<!-- /produced -->; unpaired mark",
        "<!-- produced: mutants -->~| a |~|---|~<!-- /produced -->; mutants has no rows",
        "<!-- produced: mutants -->~<!-- /produced -->; mutants has no rows",
        "<!-- produced: typed -->~| a |~|---|~| 1 |~<!-- /produced -->; no tool prints typed",
      })
  void canary_pageNotMadeByTool_isRejected(String page, String error) {
    List<String> expected = Stream.ofNullable(error).toList();
    assertThat(findErrors(page.replace('~', '\n'), Set.of("mutants"))).isEqualTo(expected);
  }

  private static List<String> findErrors(String page, Set<String> blockNames) {
    List<MatchResult> blocks = BLOCK_PATTERN.matcher(page).results().toList();
    List<String> errors = new ArrayList<>();
    if (MARKER_PATTERN.matcher(page).results().count() != 2L * blocks.size()) {
      errors.add("unpaired mark");
    }
    for (MatchResult block : blocks) {
      if (!blockNames.contains(block.group(1))) {
        errors.add("no tool prints " + block.group(1));
      }
      if (!TABLE_PATTERN.matcher(block.group(2)).matches()) {
        errors.add(block.group(1) + " has no rows");
      }
    }
    return errors;
  }

  private static Set<String> blockNames() throws IOException {
    String script = Files.readString(REPOSITORY.resolve(".ci").resolve("evidence"));
    return TOOL_PATTERN
        .matcher(script)
        .results()
        .flatMap(tool -> Stream.of(tool.group(1).split(" ", -1)))
        .collect(Collectors.toSet());
  }

  private static String readPage() throws IOException {
    return Files.readString(REPOSITORY.resolve("docs").resolve("evidence.md"));
  }
}
