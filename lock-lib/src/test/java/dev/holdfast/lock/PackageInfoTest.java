package dev.holdfast.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests that the package documentation links every public type and is short. */
class PackageInfoTest {
  private static final Path PACKAGE_INFO =
      Path.of("src/main/java/dev/holdfast/lock/package-info.java");
  private static final Pattern LINK = Pattern.compile("\\{@link\\s+([\\w.]+)");
  private static final int LINES_MAX = 100;

  @Test
  void everyPublicType_isLinked() throws IOException {
    List<String> types =
        PublicTypes.all().stream()
            .filter(type -> type.getEnclosingClass() == null)
            .map(Class::getName)
            .toList();

    assertThat(types).contains("dev.holdfast.lock.HeldLock", "dev.holdfast.lock.dynamodb.Fence");
    assertThat(linkedTypes()).containsExactlyInAnyOrderElementsOf(types);
  }

  @Test
  void packageInfo_isShort() throws IOException {
    assertThat(Files.readAllLines(PACKAGE_INFO)).hasSizeLessThan(LINES_MAX);
  }

  private static Set<String> linkedTypes() throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher matcher = LINK.matcher(Files.readString(PACKAGE_INFO).replaceAll("\\n \\*", " "));
    while (matcher.find()) {
      String name = matcher.group(1);
      names.add(name.contains(".") ? name : "dev.holdfast.lock." + name);
    }
    return names;
  }
}
