package dev.holdfast.demo.run;

import java.util.Locale;

/** Variant of a run: with or without the guard. */
public enum Variant {
  /** Handlers that do the same work without a lock. */
  UNGUARDED(
      "Without the guard",
      "dev.holdfast.demo.unguarded.UnguardedShipOrder",
      "dev.holdfast.demo.unguarded.UnguardedNightlyReport"),
  /** The handlers of the samples. */
  GUARDED(
      "With the guard",
      "dev.holdfast.samples.ShipOrderHandler",
      "dev.holdfast.samples.NightlyReportHandler");

  private final String title;
  private final String orderHandler;
  private final String reportHandler;

  Variant(String title, String orderHandler, String reportHandler) {
    this.title = title;
    this.orderHandler = orderHandler;
    this.reportHandler = reportHandler;
  }

  /**
   * Returns the title for reports.
   *
   * @return a few words
   */
  public String title() {
    return title;
  }

  String orderHandler() {
    return orderHandler;
  }

  String reportHandler() {
    return reportHandler;
  }

  /**
   * Returns the suffix of the names of tables and folders.
   *
   * @return one short word
   */
  public String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
