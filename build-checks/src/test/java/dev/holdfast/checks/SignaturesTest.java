package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.checks.open.Door;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignaturesTest {

  private final List<String> signatures =
      Signatures.of(
          ModuleClasses.holding(Door.class).publicTypes().stream()
              .filter(type -> type.getPackage() == Door.class.getPackage())
              .toList());

  @Test
  void types_comeWithWhatTheyExtendAndPermit() {
    String door = "dev.holdfast.checks.open.Door";
    assertThat(signatures)
        .filteredOn(line -> !line.startsWith(" "))
        .containsExactly(
            "public class "
                + door
                + " extends dev.holdfast.checks.open.Frame implements java.lang.AutoCloseable",
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
  void members_areThoseThatUsersCanReach() {
    assertThat(signatures.toString())
        .contains("protected dev.holdfast.checks.open.Door(int)")
        .contains("protected void dev.holdfast.checks.open.Door.push()")
        .contains("public static final int dev.holdfast.checks.open.Door.WIDTH")
        .contains("<T extends java.lang.Comparable<T>> java.util.List<T>")
        .contains("(java.util.List<? extends T>) throws java.io.IOException")
        .contains("public int dev.holdfast.checks.open.Frame.height()")
        .contains("LATCHED")
        .doesNotContain("Hidden")
        .doesNotContain("Door.angle()");
  }
}
