package dev.holdfast.testkit;

/**
 * What a simulated table has seen so far.
 *
 * @param puts PutItem requests that reached it, refused ones among them
 * @param deletes DeleteItem requests that reached it, refused ones among them
 * @param rejectedPuts PutItem requests whose condition failed
 * @param rejectedDeletes DeleteItem requests whose condition failed
 * @param unsupported attempts at anything else: reads, updates, administration
 * @param writeUnits write request units in all; a refused write costs them too
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
   * What happened since an earlier count.
   *
   * @param earlier the earlier count
   * @return the difference, number by number
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
