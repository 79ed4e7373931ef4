package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;

final class LockTableTest {

  private static final String LOGICAL_ID = "Locks3E7D824A";

  private static JsonNode table;
  private static JsonNode changedTable;

  @BeforeAll
  static void synthesize() {
    Stack defaults = new Stack(new App(), "Defaults");
    new LockTable(defaults, "Locks");
    table = SynthesizedTemplate.of(defaults).resource(LOGICAL_ID);
    Stack changed = new Stack(new App(), "Changed");
    LockTableProps props =
        LockTableProps.builder()
            .tableName("our-locks")
            .removalPolicy(RemovalPolicy.DESTROY)
            .deletionProtection(false)
            .pointInTimeRecovery(true)
            .build();
    new LockTable(changed, "Locks", props);
    changedTable = SynthesizedTemplate.of(changed).resource(LOGICAL_ID);
  }

  /** No SSESpecification: encrypted with the key that DynamoDB owns. */
  @Test
  void defaults_areTheWholeTable() {
    assertThat(table)
        .isEqualTo(
            json(
                """
                {
                  "Type": "AWS::DynamoDB::Table",
                  "Properties": {
                    "AttributeDefinitions": [
                      {"AttributeName": "resource_id", "AttributeType": "S"}
                    ],
                    "KeySchema": [{"AttributeName": "resource_id", "KeyType": "HASH"}],
                    "BillingMode": "PAY_PER_REQUEST",
                    "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": true},
                    "DeletionProtectionEnabled": true,
                    "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": false}
                  },
                  "DeletionPolicy": "Retain",
                  "UpdateReplacePolicy": "Retain"
                }
                """));
  }

  @Test
  void everyOption_reachesTheTable() {
    assertThat(changedTable)
        .isEqualTo(
            json(
                """
                {
                  "Type": "AWS::DynamoDB::Table",
                  "Properties": {
                    "TableName": "our-locks",
                    "AttributeDefinitions": [
                      {"AttributeName": "resource_id", "AttributeType": "S"}
                    ],
                    "KeySchema": [{"AttributeName": "resource_id", "KeyType": "HASH"}],
                    "BillingMode": "PAY_PER_REQUEST",
                    "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": true},
                    "DeletionProtectionEnabled": false,
                    "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}
                  },
                  "DeletionPolicy": "Delete",
                  "UpdateReplacePolicy": "Delete"
                }
                """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "our locks", "läs"})
  void impossibleTableName_isRefused_withWhatIsAllowed(String name) {
    LockTableProps.Builder builder = LockTableProps.builder();
    assertThatThrownBy(() -> builder.tableName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "table name must be 3 to 255 characters from a-z, A-Z, 0-9, _, - and ., got '%s'",
            name);
  }

  @Test
  void impossibleName_ofAnExistingTable_isRefused() {
    Stack stack = new Stack(new App(), "Stack");
    assertThatThrownBy(() -> LockTable.fromTableName(stack, "Theirs", "a/b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 'a/b'");
  }
}
