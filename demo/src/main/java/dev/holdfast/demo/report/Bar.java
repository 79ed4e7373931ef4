package dev.holdfast.demo.report;

/**
 * One bar, or a mark where it has no width.
 *
 * @param cssClass its CSS class
 * @param x its left end
 * @param y its top
 * @param width its width
 * @param title what is told of it under the pointer
 */
record Bar(String cssClass, double x, int y, double width, String title) {
  private static final double MIN_WIDTH = 2.5;

  /** Even the shortest work must be seen. */
  Bar {
    width = Math.max(MIN_WIDTH, width);
  }
}
