package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.checks.sample.Door;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiSignaturesTest {

  private final List<String> signatures =
      ApiSignatures.of(
          ModuleClasses.containing(Door.class).publicTypes().stream()
              .filter(type -> type.getPackage() == Door.class.getPackage())
              .toList());

  @Test
  void types_listSupertypesAndPermittedSubtypes() {
    String door = "dev.holdfast.checks.sample.Door";
    assertThat(signatures)
        .filteredOn(line -> !line.startsWith(" "))
        .containsExactly(
            "public class "
                + door
                + " extends dev.holdfast.checks.sample.Frame implements java.lang.AutoCloseable",
            "public static final record " + door + "$Open implements " + door + "$State",
            "public static final enum " + door + "$Shut implements " + door + "$State",
            "public abstract static interface "
                + door
                + "$State permits "
                + door
                + "$Open, "
                + door
                + "$Shut");
  }

  @Test
  void members_includeAccessibleOnesOnly() {
    assertThat(signatures.toString())
        .contains("protected dev.holdfast.checks.sample.Door(int)")
        .contains("protected void dev.holdfast.checks.sample.Door.push()")
        .contains("public static final int dev.holdfast.checks.sample.Door.WIDTH")
        .contains("<T extends java.lang.Comparable<T>> java.util.List<T>")
        .contains("(java.util.List<? extends T>) throws java.io.IOException")
        .contains("public int dev.holdfast.checks.sample.Frame.height()")
        .contains("LATCHED")
        .doesNotContain("Hidden")
        .doesNotContain("Door.angle()");
  }
}
