package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Committed list of public signatures. Each change of the API needs a change of the list.
 * Immutable.
 *
 * @param file the path of the list
 */
record ApiSignatureFile(Path file) {

  /** System property that, if {@code true}, writes the list instead of comparing it. */
  static final String UPDATE_PROPERTY = "api.update";

  void check(List<String> signatures) throws IOException {
    if (Boolean.getBoolean(UPDATE_PROPERTY)) {
      Files.write(file, signatures);
    }
    assertThat(signatures)
        .as(
            "public signatures; if the change is intended, run mvn test -D%s=true, commit %s, "
                + "and add the change to CHANGELOG.md",
            UPDATE_PROPERTY, file)
        .isEqualTo(Files.exists(file) ? Files.readAllLines(file) : List.of());
  }
}
