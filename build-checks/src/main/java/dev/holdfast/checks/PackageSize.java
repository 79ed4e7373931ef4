package dev.holdfast.checks;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Limit of the number of source files in one package. */
final class PackageSize {

  static final int MAX_FILES = 40;

  private PackageSize() {}

  static List<String> violations(SourceTree tree) {
    Map<String, Long> counts =
        tree.files().stream().collect(groupingBy(PackageSize::folder, TreeMap::new, counting()));
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > MAX_FILES)
        .map(
            count ->
                "package "
                    + count.getKey()
                    + " must have at most "
                    + MAX_FILES
                    + " files, got "
                    + count.getValue()
                    + "; split it by concept")
        .toList();
  }

  private static String folder(SourceFile file) {
    return String.valueOf(file.path().getParent());
  }
}
