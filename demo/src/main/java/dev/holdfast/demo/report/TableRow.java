package dev.holdfast.demo.report;

/**
 * One line of the table.
 *
 * @param label what was counted
 * @param unguarded without the guard
 * @param guarded with the guard
 */
record TableRow(String label, String unguarded, String guarded) {
  static final String NOT_APPLICABLE = "-";

  static TableRow of(String label, int unguarded, int guarded) {
    return new TableRow(label, Integer.toString(unguarded), Integer.toString(guarded));
  }
}
