package dev.holdfast.lock.admin;

import java.time.Instant;
import java.util.List;

/**
 * A table as DynamoDB describes it.
 *
 * @param name its name
 * @param arn its ARN
 * @param status DynamoDB's word for its state, such as {@code ACTIVE}
 * @param createdAt when it was created; the epoch where that is not said
 * @param deletionProtection whether DynamoDB refuses to delete it
 * @param tagStatus whether it says that it is a lock table
 * @param issues in what it is not as a lock table should be; empty where it is
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
   * Whether the table is known as a lock table: by its tag, or, on a server without tags, by its
   * key and its time to live.
   *
   * @return false where it may be anything else
   */
  public boolean isLockTable() {
    return switch (tagStatus) {
      case TAGGED -> true;
      case UNTAGGED -> false;
      case TAGS_UNSUPPORTED ->
          hasNoIssueWith(TableProperty.KEY) && hasNoIssueWith(TableProperty.TIME_TO_LIVE);
    };
  }

  /**
   * Whether locks can be had from it.
   *
   * @return true where nothing that differs prevents it
   */
  public boolean supportsLocking() {
    return issues.stream().noneMatch(TableIssue::preventsLocking);
  }

  private boolean hasNoIssueWith(TableProperty property) {
    return issues.stream().noneMatch(issue -> issue.property() == property);
  }
}
