package dev.holdfast.checks;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Order of a module's packages, from the top layer to the bottom layer.
 *
 * <p>A class may depend on classes of its own package and of lower layers. Packages of one layer do
 * not depend on each other. Packages that no layer names must not exist.
 */
final class PackageLayers extends ArchCondition<JavaClass> {

  private final List<Set<String>> layers;

  private PackageLayers(List<Set<String>> layers) {
    super("depend on lower layers only, of %s", layers);
    this.layers = layers;
  }

  static ArchRule rule(List<Set<String>> layers) {
    return ArchRuleDefinition.classes()
        .should(new PackageLayers(layers))
        .because("dependencies point down only");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    Optional<Place> place = place(type);
    if (place.isEmpty()) {
      String message = type.getName() + " is in a package that no layer names";
      events.add(SimpleConditionEvent.violated(type, message));
      return;
    }
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      place(dependency.getTargetClass())
          .filter(target -> !place.get().mayDependOn(target))
          .ifPresent(
              target ->
                  events.add(
                      SimpleConditionEvent.violated(dependency, dependency.getDescription())));
    }
  }

  private Optional<Place> place(JavaClass type) {
    for (int layer = 0; layer < layers.size(); layer++) {
      for (String pattern : layers.get(layer)) {
        if (PackageMatcher.of(pattern).matches(type.getPackageName())) {
          return Optional.of(new Place(layer, pattern));
        }
      }
    }
    return Optional.empty();
  }

  private record Place(int layer, String pattern) {
    boolean mayDependOn(Place target) {
      return target.layer > layer || target.equals(this);
    }
  }
}
