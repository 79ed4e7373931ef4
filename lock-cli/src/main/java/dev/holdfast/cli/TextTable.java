package dev.holdfast.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Text table. Each column is as wide as its widest cell. */
final class TextTable {
  private static final String COLUMN_SEPARATOR = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    rows.add(List.of(header));
  }

  TextTable addRow(String... cells) {
    rows.add(Stream.of(cells).map(ControlCharacters::replaceIn).toList());
    return this;
  }

  @Override
  public String toString() {
    int[] widths = columnWidths();
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell)
            .append(" ".repeat(widths[column] - cell.length()))
            .append(COLUMN_SEPARATOR);
      }
      lines.add(line.toString().stripTrailing());
    }
    return String.join(System.lineSeparator(), lines);
  }

  /** Computes the widths once for the whole table, because it may have very many rows. */
  private int[] columnWidths() {
    return IntStream.range(0, rows.get(0).size()).map(this::columnWidth).toArray();
  }

  private int columnWidth(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
