package dev.holdfast.demo.report;

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
}
