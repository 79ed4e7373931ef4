package dev.holdfast.demo.run;

import java.util.Locale;

/** With or without the guard. */
public enum Variant {
  /** Handlers that do the same work without a lock. */
  UNGUARDED(
      "Without the guard",
      "dev.holdfast.demo.unguarded.UnguardedShipOrder",
      "dev.holdfast.demo.unguarded.UnguardedNightlyReport"),
  /** The samples as they are. */
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
   * For people.
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
   * For names of tables and folders.
   *
   * @return one short word
   */
  public String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
