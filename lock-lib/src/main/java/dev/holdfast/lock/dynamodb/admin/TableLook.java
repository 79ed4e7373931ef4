package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.dynamodb.TableSchema;
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
 * What DynamoDB says of a table, and in what that is not a lock table.
 *
 * @param table its description
 * @param timeToLive its time to live
 * @param marking its tag
 */
record TableLook(TableDescription table, TimeToLiveDescription timeToLive, Marking marking) {
  private static final String KEY = "'" + TableSchema.KEY + "' (String), without a sort key";
  private static final String TIME_TO_LIVE = "on, by '" + TableSchema.TTL + "'";

  LockTableDescription description() {
    return new LockTableDescription(
        table.tableName(),
        table.tableArn(),
        status(),
        Optional.ofNullable(table.creationDateTime()).orElse(Instant.EPOCH),
        Boolean.TRUE.equals(table.deletionProtectionEnabled()) ? Protection.ON : Protection.OFF,
        marking,
        differences());
  }

  String status() {
    return String.valueOf(table.tableStatusAsString());
  }

  boolean isActive() {
    return table.tableStatus() == TableStatus.ACTIVE;
  }

  boolean timeToLiveIsOff() {
    TimeToLiveStatus status = timeToLive.timeToLiveStatus();
    return status == null || status == TimeToLiveStatus.DISABLED;
  }

  private List<Difference> differences() {
    List<Difference> differences = new ArrayList<>();
    differ(differences, Aspect.KEY, KEY, key());
    differ(differences, Aspect.STATUS, usable(), status());
    differ(differences, Aspect.TIME_TO_LIVE, TIME_TO_LIVE, timeToLiveText());
    differ(differences, Aspect.BILLING, "on demand", billing());
    differ(differences, Aspect.DELETION_PROTECTION, "on", protection());
    if (marking == Marking.UNTAGGED) {
      differ(differences, Aspect.TAG, "'" + TableSchema.TAG + "'", "missing");
    }
    if (!table.replicas().isEmpty()) {
      differ(differences, Aspect.REPLICAS, "strongly consistent, or none", replicas());
    }
    return differences;
  }

  private static void differ(
      List<Difference> differences, Aspect aspect, String expected, String found) {
    if (!found.equals(expected)) {
      differences.add(new Difference(aspect, expected, found));
    }
  }

  /** A table that is being updated is usable. */
  private String usable() {
    return table.tableStatus() == TableStatus.UPDATING ? status() : TableStatus.ACTIVE.toString();
  }

  private String key() {
    String partition =
        table.keySchema().stream()
            .filter(key -> key.keyType() == KeyType.HASH)
            .findFirst()
            .map(key -> "'" + key.attributeName() + "' (" + type(key.attributeName()) + ")")
            .orElse("missing");
    return table.keySchema().stream()
        .filter(key -> key.keyType() == KeyType.RANGE)
        .findFirst()
        .map(sort -> partition + ", with sort key '" + sort.attributeName() + "'")
        .orElse(partition + ", without a sort key");
  }

  private String type(String attribute) {
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
      case ENABLED, ENABLING -> "on, by '" + timeToLive.attributeName() + "'";
      case DISABLING -> "being turned off";
      default -> "off";
    };
  }

  /** Without a summary it was always provisioned. */
  private String billing() {
    boolean onDemand =
        table.billingModeSummary() != null
            && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST;
    return onDemand ? "on demand" : "provisioned";
  }

  private String protection() {
    return Boolean.TRUE.equals(table.deletionProtectionEnabled()) ? "on" : "off";
  }

  private String replicas() {
    return table.multiRegionConsistency() == MultiRegionConsistency.STRONG
        ? "strongly consistent, or none"
        : "consistent only in the end, so that holders in two Regions do not exclude each other";
  }
}
