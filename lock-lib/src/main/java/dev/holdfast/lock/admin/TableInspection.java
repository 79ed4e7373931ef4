package dev.holdfast.lock.admin;

import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.MultiRegionConsistency;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * Descriptions of a table by DynamoDB, with the differences from a correct lock table.
 *
 * @param table description of the table
 * @param timeToLive its time to live
 * @param tagStatus status of its tag
 */
record TableInspection(
    TableDescription table, TimeToLiveDescription timeToLive, TagStatus tagStatus) {
  private static final String KEY = "'" + TableSchema.KEY + "' (String), without a sort key";
  private static final String TIME_TO_LIVE = "on, by '" + TableSchema.TTL + "'";

  LockTableDescription description() {
    return new LockTableDescription(
        table.tableName(),
        table.tableArn(),
        status(),
        Optional.ofNullable(table.creationDateTime()).orElse(Instant.EPOCH),
        Boolean.TRUE.equals(table.deletionProtectionEnabled())
            ? DeletionProtection.ENABLED
            : DeletionProtection.DISABLED,
        tagStatus,
        issues());
  }

  String status() {
    return String.valueOf(table.tableStatusAsString());
  }

  boolean isActive() {
    return table.tableStatus() == TableStatus.ACTIVE;
  }

  boolean isTimeToLiveOff() {
    TimeToLiveStatus status = timeToLive.timeToLiveStatus();
    return status == null || status == TimeToLiveStatus.DISABLED;
  }

  private List<TableIssue> issues() {
    List<TableIssue> issues = new ArrayList<>();
    addIssueIfDifferent(issues, TableProperty.KEY, KEY, keyText());
    addIssueIfDifferent(issues, TableProperty.STATUS, expectedStatus(), status());
    addIssueIfDifferent(issues, TableProperty.TIME_TO_LIVE, TIME_TO_LIVE, timeToLiveText());
    addIssueIfDifferent(issues, TableProperty.BILLING_MODE, "on demand", billingText());
    addIssueIfDifferent(issues, TableProperty.DELETION_PROTECTION, "on", deletionProtectionText());
    if (tagStatus == TagStatus.UNTAGGED) {
      addIssueIfDifferent(issues, TableProperty.TAG, "'" + TableSchema.TAG + "'", "missing");
    }
    if (!table.replicas().isEmpty()) {
      addIssueIfDifferent(
          issues, TableProperty.REPLICAS, "strongly consistent, or none", replicationText());
    }
    return issues;
  }

  private static void addIssueIfDifferent(
      List<TableIssue> issues, TableProperty property, String expected, String actual) {
    if (!actual.equals(expected)) {
      issues.add(new TableIssue(property, expected, actual));
    }
  }

  /** Returns the expected status. A table that is being updated is usable. */
  private String expectedStatus() {
    return table.tableStatus() == TableStatus.UPDATING ? status() : TableStatus.ACTIVE.toString();
  }

  private String keyText() {
    String partition =
        table.keySchema().stream()
            .filter(key -> key.keyType() == KeyType.HASH)
            .findFirst()
            .map(
                key ->
                    LogText.quote(key.attributeName())
                        + " ("
                        + attributeType(key.attributeName())
                        + ")")
            .orElse("missing");
    return table.keySchema().stream()
        .filter(key -> key.keyType() == KeyType.RANGE)
        .findFirst()
        .map(sort -> partition + ", with sort key " + LogText.quote(sort.attributeName()))
        .orElse(partition + ", without a sort key");
  }

  private String attributeType(String attribute) {
    ScalarAttributeType type =
        table.attributeDefinitions().stream()
            .filter(definition -> definition.attributeName().equals(attribute))
            .findFirst()
            .map(definition -> definition.attributeType())
            .orElse(ScalarAttributeType.UNKNOWN_TO_SDK_VERSION);
    return switch (type) {
      case S -> "String";
      case N -> "Number";
      case B -> "Binary";
      default -> "unknown";
    };
  }

  private String timeToLiveText() {
    TimeToLiveStatus status = timeToLive.timeToLiveStatus();
    return switch (status == null ? TimeToLiveStatus.DISABLED : status) {
      case ENABLED, ENABLING -> "on, by " + LogText.quote(timeToLive.attributeName());
      case DISABLING -> "being turned off";
      default -> "off";
    };
  }

  /** Returns the billing mode. Without a summary the table is provisioned. */
  private String billingText() {
    boolean onDemand =
        table.billingModeSummary() != null
            && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST;
    return onDemand ? "on demand" : "provisioned";
  }

  private String deletionProtectionText() {
    return Boolean.TRUE.equals(table.deletionProtectionEnabled()) ? "on" : "off";
  }

  private String replicationText() {
    return table.multiRegionConsistency() == MultiRegionConsistency.STRONG
        ? "strongly consistent, or none"
        : "consistent only in the end, so that holders in two Regions do not exclude each other";
  }
}
