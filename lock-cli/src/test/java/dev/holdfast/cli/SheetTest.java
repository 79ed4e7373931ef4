package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetTest {

  @Test
  void columns_areAsWideAsTheirWidestCell() {
    Sheet sheet = new Sheet("NAME", "STATE").row("order-42", "HELD").row("a", "FREE");
    assertThat(sheet.toString().lines())
        .containsExactly("NAME      STATE", "order-42  HELD", "a         FREE");
  }

  /** Compared with each other, these rows would take hours. */
  @Test
  @Timeout(120)
  void tableWithVeryManyRows_isShown() {
    Sheet sheet = new Sheet("NAME", "HOLDER");
    for (int i = 0; i < 200_000; i++) {
      sheet.row("order-" + i, "worker");
    }
    assertThat(sheet.toString().lines()).hasSize(200_001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\t", "\u001b", "\u0085", "\u2028", "\u2029", "\u202e"})
  void cell_beginsNoLine_andMovesNoCursor(String hostile) {
    Sheet sheet = new Sheet("NAME").row("order" + hostile + "42");
    assertThat(sheet.toString()).endsWith("order?42");
  }
}
