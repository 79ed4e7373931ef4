package dev.holdfast.checks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Limit of the size of a dependency cycle of top-level types.
 *
 * <p>A type depends on the types that its source file names in code. Imports, comments and the
 * argument of {@code getLogger} do not count. A cycle is a strongly connected component: each of
 * its types reaches each other one.
 */
final class ClassCycles {

  static final int MAX_TYPES = 3;

  private static final Pattern PACKAGE_OR_IMPORT =
      Pattern.compile("(?m)^(?:package|import) [^;]*;");
  private static final Pattern LOGGER_ARGUMENT = Pattern.compile("getLogger\\(\\w+\\.class\\)");
  private static final Pattern TYPE_NAME = Pattern.compile("(?<![\\w.])[A-Z]\\w*");

  private ClassCycles() {}

  static List<String> violations(SourceTree tree) {
    Map<String, Set<String>> dependencies = dependencies(tree.files());
    Map<String, Set<String>> reachable = new TreeMap<>();
    dependencies.keySet().forEach(type -> reachable.put(type, reachable(type, dependencies)));
    return reachable.keySet().stream()
        .map(type -> component(type, reachable))
        .filter(component -> component.size() > MAX_TYPES)
        .distinct()
        .map(
            component ->
                "a cycle must have at most "
                    + MAX_TYPES
                    + " types, got "
                    + component.size()
                    + ": "
                    + String.join(" ", component))
        .toList();
  }

  private static Map<String, Set<String>> dependencies(List<SourceFile> files) {
    Set<String> types = files.stream().map(SourceFile::typeName).collect(Collectors.toSet());
    Map<String, Set<String>> dependencies = new TreeMap<>();
    for (SourceFile file : files) {
      dependencies
          .computeIfAbsent(file.typeName(), name -> new TreeSet<>())
          .addAll(namedTypes(file, types));
    }
    return dependencies;
  }

  private static Set<String> namedTypes(SourceFile file, Set<String> types) {
    String code = PACKAGE_OR_IMPORT.matcher(file.code()).replaceAll("");
    return TYPE_NAME
        .matcher(LOGGER_ARGUMENT.matcher(code).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .filter(types::contains)
        .collect(Collectors.toSet());
  }

  private static Set<String> reachable(String from, Map<String, Set<String>> dependencies) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      for (String next : dependencies.getOrDefault(open.pop(), Set.of())) {
        if (found.add(next)) {
          open.push(next);
        }
      }
    }
    return found;
  }

  private static Set<String> component(String type, Map<String, Set<String>> reachable) {
    return reachable.getOrDefault(type, Set.of()).stream()
        .filter(other -> reachable.getOrDefault(other, Set.of()).contains(type))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
