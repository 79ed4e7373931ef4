package dev.holdfast.cdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.CfnGlobalTable;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.constructs.IConstruct;

/** Key of a lock table: a partition key of type String, and no sort key. */
final class TableKey {

  static final String PARTITION_KEY = "resource_id";

  private TableKey() {}

  /** Rejects a table that this app creates with another key. */
  static void require(ITable table) {
    IConstruct resource = table.getNode().getDefaultChild();
    if (resource instanceof CfnTable cfnTable) {
      require(table, cfnTable.getKeySchema(), cfnTable.getAttributeDefinitions());
    } else if (resource instanceof CfnGlobalTable cfnTable) {
      require(table, cfnTable.getKeySchema(), cfnTable.getAttributeDefinitions());
    }
  }

  private static void require(ITable table, Object keySchema, Object attributeDefinitions) {
    Object keys = Stack.of(table).resolve(keySchema);
    Object attributes = Stack.of(table).resolve(attributeDefinitions);
    boolean partitionKeyOnly =
        keys.equals(List.of(Map.of("attributeName", PARTITION_KEY, "keyType", "HASH")));
    boolean typeString =
        attributes instanceof List<?> list
            && list.contains(Map.of("attributeName", PARTITION_KEY, "attributeType", "S"));
    if (!partitionKeyOnly || !typeString) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the key of lock table %s must be the partition key %s of type String, got %s with %s",
              table.getNode().getPath(),
              PARTITION_KEY,
              keys,
              attributes));
    }
  }
}
