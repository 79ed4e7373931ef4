package dev.holdfast.demo.report;

import dev.holdfast.demo.aws.EnvironmentLifetime;
import java.util.List;

/**
 * One run as a drawing.
 *
 * @param title with or without the guard
 * @param passed whether the run is what one wants
 * @param badges the numbers that matter
 * @param height the height of the drawing
 * @param ticks the time axis
 * @param lanes a lane for each sandbox
 * @param invocations a pale bar for each invocation
 * @param attempts a bar for each work
 * @param labels what befell sandboxes
 * @param crossPath where a sandbox was killed, as an SVG path
 * @param takeoverPath from the kill to whoever took over, or an empty path
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
    String takeoverPath) {

  int axisLabelY() {
    return height - 6;
  }

  int tickBottom() {
    return height - 22;
  }

  /** A number with what it counts. */
  record Badge(String count, String label, String cssClass) {}

  /** A text in a lane. */
  record Label(String cssClass, double x, int y, String text) {}

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

  /**
   * The lane of one sandbox.
   *
   * @param lifetime the sandbox
   * @param y the top of the lane
   * @param x where it begins
   * @param width how long it is
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
