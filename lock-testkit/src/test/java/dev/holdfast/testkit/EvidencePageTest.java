package dev.holdfast.testkit;

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

/** The tables of {@code docs/evidence.md} are those that {@code .ci/evidence} puts there. */
class EvidencePageTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final Pattern BLOCK =
      Pattern.compile(
          "^<!-- produced: ([a-z]+) -->\n((?:(?!<!--).*\n)*)<!-- /produced -->$",
          Pattern.MULTILINE);
  private static final Pattern MARK = Pattern.compile("<!--");
  private static final Pattern TABLE = Pattern.compile("\\|.*\\|\n\\|[-|]+\\|\n\\|(?s:.*)");
  private static final Pattern OF_A_TOOL = Pattern.compile("(?m)^  \\[[a-z]+]='([a-z ]+)'$");
  private static final Pattern MODEL = Pattern.compile("(?m)^\\| `((?:good|bad)-[a-z-]+)` ");

  @Test
  void everyBlock_isClosed_andHoldsTheTableOfATool() throws IOException {
    assertThat(wrong(page(), known())).isEmpty();
  }

  @Test
  void theModels_areThoseOfTheSpecification() throws IOException {
    try (Stream<Path> spec = Files.list(REPOSITORY.resolve("spec"))) {
      List<String> models =
          spec.map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".cfg"))
              .map(name -> name.replace(".cfg", ""))
              .toList();
      assertThat(MODEL.matcher(page()).results().map(model -> model.group(1)))
          .containsExactlyInAnyOrderElementsOf(models);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<!-- produced: rules -->~| a |~|---|~| 1 |~<!-- /produced -->; ",
        "<!-- produced: rules -->~| a |~|---|~| 1 |~; a mark without its other one",
        "| a |~|---|~| 1 |~<!-- /produced -->; a mark without its other one",
        "<!-- produced: rules -->~| a |~|---|~<!-- /produced -->; rules holds no row",
        "<!-- produced: rules -->~<!-- /produced -->; rules holds no row",
        "<!-- produced: typed -->~| a |~|---|~| 1 |~<!-- /produced -->; no tool prints typed",
      })
  void canary_aPageThatNoToolMade_isRefused(String page, String wrong) {
    List<String> expected = Stream.ofNullable(wrong).toList();
    assertThat(wrong(page.replace('~', '\n'), Set.of("rules"))).isEqualTo(expected);
  }

  private static List<String> wrong(String page, Set<String> known) {
    List<MatchResult> blocks = BLOCK.matcher(page).results().toList();
    List<String> wrong = new ArrayList<>();
    if (MARK.matcher(page).results().count() != 2L * blocks.size()) {
      wrong.add("a mark without its other one");
    }
    for (MatchResult block : blocks) {
      if (!known.contains(block.group(1))) {
        wrong.add("no tool prints " + block.group(1));
      }
      if (!TABLE.matcher(block.group(2)).matches()) {
        wrong.add(block.group(1) + " holds no row");
      }
    }
    return wrong;
  }

  private static Set<String> known() throws IOException {
    String script = Files.readString(REPOSITORY.resolve(".ci").resolve("evidence"));
    return OF_A_TOOL
        .matcher(script)
        .results()
        .flatMap(tool -> Stream.of(tool.group(1).split(" ", -1)))
        .collect(Collectors.toSet());
  }

  private static String page() throws IOException {
    return Files.readString(REPOSITORY.resolve("docs").resolve("evidence.md"));
  }
}
