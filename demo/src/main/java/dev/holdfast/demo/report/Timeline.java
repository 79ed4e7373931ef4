package dev.holdfast.demo.report;

import dev.holdfast.demo.aws.EnvironmentLifetime;
import java.util.List;

/**
 * Drawing of one run.
 *
 * @param title the title of the run
 * @param passed whether the run has no violation
 * @param badges the counts beside the title
 * @param height the height of the drawing
 * @param ticks the time axis
 * @param lanes a lane for each execution environment
 * @param invocations a pale bar for each invocation
 * @param attempts a bar for each attempt
 * @param labels the labels of the faults
 * @param crossPath the SVG path of the cross at the kill
 * @param takeoverPath the SVG path from the kill to the takeover, or an empty path
 * @param closeUps enlarged lanes of single orders, or an empty list if there are none
 */
record Timeline(
    String title,
    boolean passed,
    List<Badge> badges,
    int height,
    List<TimeScale.Tick> ticks,
    List<Lane> lanes,
    List<Bar> invocations,
    List<Bar> attempts,
    List<Label> labels,
    String crossPath,
    String takeoverPath,
    List<OrderCloseUp> closeUps) {

  int axisLabelY() {
    return height - 6;
  }

  int tickBottom() {
    return height - 22;
  }

  /** A count with its label. */
  record Badge(String count, String label, String cssClass) {}

  /** A text in a lane. */
  record Label(String cssClass, double x, int y, String text) {}

  /**
   * A bar, drawn as a mark if its width is 0.
   *
   * @param cssClass the CSS class
   * @param x the left edge
   * @param y the top edge
   * @param width the width
   * @param title the tooltip
   */
  record Bar(String cssClass, double x, int y, double width, String title) {
    private static final double MIN_WIDTH = 2.5;

    /** Widens a short bar, so that it stays visible. */
    Bar {
      width = Math.max(MIN_WIDTH, width);
    }
  }

  /**
   * The lane of one execution environment.
   *
   * @param lifetime the lifetime of the execution environment
   * @param y the top edge of the lane
   * @param x the left edge of the lane
   * @param width the width of the lane
   */
  record Lane(EnvironmentLifetime lifetime, int y, double x, double width) {
    static final int HEIGHT = 22;
    static final int BAR_HEIGHT = 14;

    String label() {
      return lifetime.name();
    }

    int barY() {
      return y + (HEIGHT - BAR_HEIGHT) / 2;
    }

    int centerY() {
      return y + HEIGHT / 2;
    }
  }
}
