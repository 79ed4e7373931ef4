package dev.holdfast.demo.report;

import static dev.holdfast.demo.run.Variant.WITH;
import static dev.holdfast.demo.run.Variant.WITHOUT;

import dev.holdfast.demo.words.Text;
import java.util.ArrayList;
import java.util.List;

/** Rows as text in columns. */
final class TextTable {
  private TextTable() {}

  static List<String> of(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(line("", WITHOUT.title(), WITH.title()));
    lines.add("  " + "-".repeat(66));
    rows.forEach(row -> lines.add(line(row.label(), row.without(), row.with())));
    return lines;
  }

  private static String line(String label, String without, String with) {
    return Text.of("  %-30s %18s %16s", label, without, with);
  }
}
