package dev.holdfast.checks;

import java.util.Set;

/** Modules, by folder name, in which a check is off. */
final class ExcludedModules {

  static final Set<String> WITH_LARGE_CYCLES = Set.of();

  static final Set<String> WITH_LARGE_PACKAGES = Set.of();

  static final Set<String> WITH_CLAUSES = Set.of();

  static final Set<String> WITH_FREE_TEXT = Set.of("lambda-handlers");

  private ExcludedModules() {}
}
