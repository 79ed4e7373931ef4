package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.holdfast.lock.LockException;
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

/** Compares docs/triggers.md with the code. */
class TriggersPageTest {
  private static final Path PAGE = Path.of("..", "docs", "triggers.md");
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.holdfast.lambda", "dev.holdfast.lock");

  /** Returns the cells of each row of the table under a heading, without the table's head. */
  private static List<List<String>> table(String heading) throws IOException {
    return Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.equals("## " + heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> List.of(line.substring(1, line.length() - 1).split("\\|", -1)))
        .map(cells -> cells.stream().map(String::strip).toList())
        .toList();
  }

  private static List<List<String>> idRows() throws IOException {
    return table("Default ids and busy locks");
  }

  private static List<List<String>> settingsRows() throws IOException {
    return table("Failures, duplicates and service settings");
  }

  private static List<String> triggers(List<List<String>> rows) {
    return rows.stream().map(cells -> cells.get(0)).toList();
  }

  private static Set<String> quoted(String text, String pattern) {
    return Pattern.compile("`(" + pattern + ")`")
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void handlerClasses_equalTheDocumentedOnes() throws IOException {
    Set<String> handlers =
        CODE.stream()
            .filter(type -> type.isAssignableTo(RequestStreamHandler.class))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> type.getModifiers().contains(JavaModifier.ABSTRACT))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet());
    Set<String> documented =
        idRows().stream()
            .flatMap(cells -> quoted(cells.get(1), "Locked\\w+").stream())
            .collect(Collectors.toSet());
    assertThat(handlers).contains("LockedSqsHandler");
    assertThat(documented).isEqualTo(handlers);
  }

  @Test
  void triggers_haveARowInBothTables_withoutEmptyCells() throws IOException {
    assertThat(idRows()).hasSize(10).allSatisfy(cells -> assertThat(cells).hasSize(6));
    assertThat(settingsRows()).allSatisfy(cells -> assertThat(cells).hasSize(4));
    assertThat(triggers(settingsRows())).isEqualTo(triggers(idRows()));
    assertThat(Stream.concat(idRows().stream(), settingsRows().stream()).flatMap(List::stream))
        .noneMatch(String::isEmpty);
  }

  @Test
  void documentedErrors_areExceptionClasses() throws IOException {
    List<List<String>> errors =
        table("Trigger by trigger").stream()
            .filter(cells -> cells.get(0).contains("Exception"))
            .toList();
    Set<String> code =
        CODE.stream()
            .filter(type -> type.isAssignableTo(RuntimeException.class))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet());
    assertThat(code).contains(LockException.class.getSimpleName());
    assertThat(errors).hasSizeGreaterThan(5);
    assertThat(errors.stream().flatMap(cells -> quoted(cells.get(0), "[\\w.]+").stream()))
        .allSatisfy(name -> assertThat(code).contains(name.replaceAll(".*\\.", "")));
  }
}
