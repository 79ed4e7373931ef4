package dev.holdfast.demo.report;

import static dev.holdfast.demo.run.Variant.GUARDED;
import static dev.holdfast.demo.run.Variant.UNGUARDED;

import dev.holdfast.demo.format.TextFormat;
import java.util.ArrayList;
import java.util.List;

/** Rows as text in columns. */
final class TextTable {
  private TextTable() {}

  static List<String> of(List<TableRow> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(line("", UNGUARDED.title(), GUARDED.title()));
    lines.add("  " + "-".repeat(66));
    rows.forEach(row -> lines.add(line(row.label(), row.unguarded(), row.guarded())));
    return lines;
  }

  private static String line(String label, String unguarded, String guarded) {
    return TextFormat.format("  %-30s %18s %16s", label, unguarded, guarded);
  }
}
