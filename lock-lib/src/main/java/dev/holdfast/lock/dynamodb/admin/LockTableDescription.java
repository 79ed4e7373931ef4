package dev.holdfast.lock.dynamodb.admin;

import java.time.Instant;
import java.util.List;

/**
 * A table as DynamoDB describes it.
 *
 * @param name its name
 * @param arn its ARN
 * @param status DynamoDB's word for its state, such as {@code ACTIVE}
 * @param createdAt when it was created; the epoch where that is not said
 * @param protection whether DynamoDB refuses to delete it
 * @param marking whether it says that it is a lock table
 * @param differences in what it is not as a lock table should be; empty where it is
 */
public record LockTableDescription(
    String name,
    String arn,
    String status,
    Instant createdAt,
    Protection protection,
    Marking marking,
    List<Difference> differences) {

  /** Copies the list. */
  public LockTableDescription {
    differences = List.copyOf(differences);
  }

  /**
   * Whether the table is known as a lock table: by its tag, or, on a server without tags, by its
   * key and its time to live.
   *
   * @return false where it may be anything else
   */
  public boolean isLockTable() {
    return switch (marking) {
      case TAGGED -> true;
      case UNTAGGED -> false;
      case NO_TAGS_HERE -> agreesIn(Aspect.KEY) && agreesIn(Aspect.TIME_TO_LIVE);
    };
  }

  /**
   * Whether locks can be had from it.
   *
   * @return true where nothing that differs prevents it
   */
  public boolean canLock() {
    return differences.stream().noneMatch(Difference::preventsLocking);
  }

  private boolean agreesIn(Aspect aspect) {
    return differences.stream().noneMatch(difference -> difference.aspect() == aspect);
  }
}
