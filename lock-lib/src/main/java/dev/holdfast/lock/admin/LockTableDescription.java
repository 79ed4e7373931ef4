package dev.holdfast.lock.admin;

import java.time.Instant;
import java.util.List;

/**
 * Description of a table.
 *
 * @param name name of the table
 * @param arn ARN of the table
 * @param status status that DynamoDB reports, such as {@code ACTIVE}
 * @param createdAt time of the creation; the epoch if unknown
 * @param deletionProtection deletion protection of the table
 * @param tagStatus status of the tag that marks lock tables
 * @param issues differences from a correct lock table; empty if there are none
 */
public record LockTableDescription(
    String name,
    String arn,
    String status,
    Instant createdAt,
    DeletionProtection deletionProtection,
    TagStatus tagStatus,
    List<TableIssue> issues) {

  /** Copies the list. */
  public LockTableDescription {
    issues = List.copyOf(issues);
  }

  /**
   * Returns whether the table is a lock table: by its tag or, on a server without tags, by its key.
   *
   * @return false if it may be another table
   */
  public boolean isLockTable() {
    return switch (tagStatus) {
      case TAGGED -> true;
      case UNTAGGED -> false;
      case TAGS_UNSUPPORTED ->
          issues.stream().noneMatch(issue -> issue.property() == TableProperty.KEY);
    };
  }

  /**
   * Returns whether locks can be acquired in the table.
   *
   * @return true if no issue prevents locking
   */
  public boolean supportsLocking() {
    return issues.stream().noneMatch(TableIssue::preventsLocking);
  }
}
