package dev.holdfast.demo.report;

/**
 * One line of the table.
 *
 * @param label what was counted
 * @param without without the guard
 * @param with with the guard
 */
record Row(String label, String without, String with) {
  static final String NONE = "-";

  static Row of(String label, int without, int with) {
    return new Row(label, Integer.toString(without), Integer.toString(with));
  }
}
