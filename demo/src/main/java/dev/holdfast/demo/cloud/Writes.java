package dev.holdfast.demo.cloud;

/**
 * What the lock table was asked for.
 *
 * @param puts PutItem requests
 * @param refusedPuts those of them whose condition failed
 * @param deletes DeleteItem requests
 * @param units write units in all; a refused write costs them too
 */
public record Writes(int puts, int refusedPuts, int deletes, int units) {
  static final Writes NONE = new Writes(0, 0, 0, 0);

  Writes plus(Writes more) {
    return new Writes(
        puts + more.puts,
        refusedPuts + more.refusedPuts,
        deletes + more.deletes,
        units + more.units);
  }
}
