package dev.holdfast.demo.report;

import java.util.List;

/**
 * One run as a drawing.
 *
 * @param title with or without the guard
 * @param good whether the run is what one wants
 * @param pills the numbers that matter
 * @param height the height of the drawing
 * @param ticks the time axis
 * @param lanes a lane for each sandbox
 * @param invocations a pale bar for each invocation
 * @param work a bar for each work
 * @param notes what befell sandboxes
 * @param cross where a sandbox was killed, as an SVG path
 * @param takeOver from the kill to whoever took over, or an empty path
 */
record Panel(
    String title,
    boolean good,
    List<Pill> pills,
    int height,
    List<Scale.Tick> ticks,
    List<Lane> lanes,
    List<Bar> invocations,
    List<Bar> work,
    List<Note> notes,
    String cross,
    String takeOver) {

  int axis() {
    return height - 6;
  }

  int bottom() {
    return height - 22;
  }

  /** A number with what it counts. */
  record Pill(String number, String what, String kind) {}

  /** A text in a lane. */
  record Note(String kind, double x, int y, String text) {}
}
