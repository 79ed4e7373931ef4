package dev.holdfast.testkit;

/**
 * Counts of the requests to a simulated table.
 *
 * @param puts the number of PutItem requests, including rejected ones
 * @param deletes the number of DeleteItem requests, including rejected ones
 * @param rejectedPuts the number of PutItem requests whose condition failed
 * @param rejectedDeletes the number of DeleteItem requests whose condition failed
 * @param unsupported the number of other requests: reads, updates, administration
 * @param writeUnits the write request units in total; a rejected write consumes them too
 */
public record RequestCounts(
    int puts,
    int deletes,
    int rejectedPuts,
    int rejectedDeletes,
    int unsupported,
    long writeUnits) {

  static final RequestCounts NONE = new RequestCounts(0, 0, 0, 0, 0, 0);

  /**
   * Returns the difference from earlier counts.
   *
   * @param earlier the earlier counts
   * @return the difference of each count
   */
  public RequestCounts since(RequestCounts earlier) {
    return new RequestCounts(
        puts - earlier.puts,
        deletes - earlier.deletes,
        rejectedPuts - earlier.rejectedPuts,
        rejectedDeletes - earlier.rejectedDeletes,
        unsupported - earlier.unsupported,
        writeUnits - earlier.writeUnits);
  }

  RequestCounts plus(RequestCounts more) {
    return more.since(NONE.since(this));
  }
}
