package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {

  @Test
  void columns_haveWidthOfWidestCell() {
    TextTable table = new TextTable("NAME", "STATE").addRow("order-42", "HELD").addRow("a", "FREE");
    assertThat(table.toString().lines())
        .containsExactly("NAME      STATE", "order-42  HELD", "a         FREE");
  }

  /** Fails by timeout if the time grows with the square of the number of rows. */
  @Test
  @Timeout(120)
  void manyRows_areFormattedInLinearTime() {
    TextTable table = new TextTable("NAME", "HOLDER");
    for (int i = 0; i < 200_000; i++) {
      table.addRow("order-" + i, "worker");
    }
    assertThat(table.toString().lines()).hasSize(200_001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\t", "\u001b", "\u0085", "\u2028", "\u2029", "\u202e"})
  void cell_controlCharacters_areReplaced(String controlCharacter) {
    TextTable table = new TextTable("NAME").addRow("order" + controlCharacter + "42");
    assertThat(table.toString()).endsWith("order?42");
  }
}
