package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A committed list of public signatures, so that no change of the API goes unseen. Immutable.
 *
 * @param file where it is kept
 */
record ApiSignatureFile(Path file) {

  /** Set to {@code true}, this system property writes the list anew instead of comparing. */
  static final String UPDATE_PROPERTY = "api.update";

  void check(List<String> signatures) throws IOException {
    if (Boolean.getBoolean(UPDATE_PROPERTY)) {
      Files.write(file, signatures);
    }
    assertThat(signatures)
        .as(
            "public signatures; where the change is meant: mvn test -D%s=true, commit %s, "
                + "and write it into CHANGELOG.md",
            UPDATE_PROPERTY, file)
        .isEqualTo(Files.exists(file) ? Files.readAllLines(file) : List.of());
  }
}
