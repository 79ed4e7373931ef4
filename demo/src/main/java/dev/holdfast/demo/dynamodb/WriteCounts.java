package dev.holdfast.demo.dynamodb;

/**
 * What the lock table was asked for.
 *
 * @param puts PutItem requests
 * @param conditionalCheckFailures those of them whose condition failed
 * @param deletes DeleteItem requests
 * @param writeUnits write units in all; a refused write costs them too
 */
public record WriteCounts(int puts, int conditionalCheckFailures, int deletes, int writeUnits) {
  static final WriteCounts ZERO = new WriteCounts(0, 0, 0, 0);

  WriteCounts plus(WriteCounts other) {
    return new WriteCounts(
        puts + other.puts,
        conditionalCheckFailures + other.conditionalCheckFailures,
        deletes + other.deletes,
        writeUnits + other.writeUnits);
  }
}
