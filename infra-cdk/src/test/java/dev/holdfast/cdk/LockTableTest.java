package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.dynamodb.ContributorInsightsSpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.WarmThroughput;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.kms.Key;

final class LockTableTest {

  private static final String LOGICAL_ID = "Locks3E7D824A";

  private static JsonNode table;
  private static JsonNode customizedTable;
  private static List<String> warnings;

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
            .timeToLive(false)
            .maxWriteRequestUnits(100)
            .warmThroughput(
                WarmThroughput.builder()
                    .readUnitsPerSecond(12_000)
                    .writeUnitsPerSecond(20_000)
                    .build())
            .contributorInsightsSpecification(
                ContributorInsightsSpecification.builder().enabled(true).build())
            .tag("team", "shipping")
            .tag("app", "shop")
            .build();
    new LockTable(changed, "Locks", props);
    customizedTable = SynthesizedTemplate.of(changed).resource(LOGICAL_ID);
    warnings = SynthesisWarnings.of(changed);
  }

  /** Without SSESpecification, DynamoDB encrypts the table with the AWS owned key. */
  @Test
  void defaults_synthesizeExpectedTable() {
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
                    "Tags": [{"Key": "holdfast:lock-table", "Value": "1"}],
                    "DeletionProtectionEnabled": true,
                    "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": false}
                  },
                  "DeletionPolicy": "Retain",
                  "UpdateReplacePolicy": "Retain"
                }
                """));
  }

  @Test
  void everyOption_isSynthesized() {
    assertThat(customizedTable)
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
                    "OnDemandThroughput": {"MaxWriteRequestUnits": 100},
                    "WarmThroughput": {"ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 20000},
                    "ContributorInsightsSpecification": {"Enabled": true},
                    "Tags": [
                      {"Key": "app", "Value": "shop"},
                      {"Key": "holdfast:lock-table", "Value": "1"},
                      {"Key": "team", "Value": "shipping"}
                    ],
                    "DeletionProtectionEnabled": false,
                    "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}
                  },
                  "DeletionPolicy": "Delete",
                  "UpdateReplacePolicy": "Delete"
                }
                """));
  }

  @Test
  void maxWriteRequestUnits_warnsThatReleasesAreThrottledToo() {
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith(
            "lock table Changed/Locks has a limit of 100 write units a second: above it DynamoDB"
                + " also throttles releases, and a lock that is not released stays held until its"
                + " lease expires");
  }

  @Test
  void maxWriteRequestUnits_zero_isRejected() {
    LockTableProps.Builder builder = LockTableProps.builder();
    assertThatThrownBy(() -> builder.maxWriteRequestUnits(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "maximum write units must be at least 1 a second, got 0: omit them for no limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "our locks", "läs"})
  void invalidTableName_isRejected_withAllowedFormat(String name) {
    LockTableProps.Builder builder = LockTableProps.builder();
    assertThatThrownBy(() -> builder.tableName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "table name must be 3 to 255 characters from a-z, A-Z, 0-9, _, - and ., got '%s'",
            name);
  }

  @Test
  void fromTableName_invalidName_isRejected() {
    Stack stack = new Stack(new App(), "Stack");
    assertThatThrownBy(() -> LockTable.fromTableName(stack, "Theirs", "a/b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 'a/b'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "their-locks",
        "arn:aws:sqs:eu-central-1:111122223333:their-locks",
        "arn:aws:dynamodb:eu-central-1:1111:table/their-locks",
        "arn:aws:dynamodb:eu-central-1:111122223333:table/their-locks/index/all",
        "arn:aws:dynamodb::111122223333:global-table/their-locks"
      })
  void fromTableArn_invalidArn_isRejected_withAllowedFormat(String arn) {
    Stack stack = new Stack(new App(), "Stack");
    assertThatThrownBy(() -> LockTable.fromTableArn(stack, "Theirs", arn))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "table ARN must have the form arn:aws:dynamodb:eu-central-1:111122223333:table/locks, got"
                + " '%s'",
            arn);
  }

  @Test
  void fromTableArn_token_isSplitAtDeployment() {
    Stack stack = new Stack(new App(), "Stack");
    String arn = new CfnParameter(stack, "Arn").getValueAsString();
    ILockTable theirs = LockTable.fromTableArn(stack, "Theirs", arn);
    assertThat(stack.resolve(theirs.getTableArn())).hasToString("{Ref=Arn}");
    assertThat(stack.resolve(theirs.getTableName())).asString().contains("Fn::Select", "Ref=Arn");
  }

  @Test
  void defaultChild_isCfnTable_ofTableOfAccessor() {
    LockTable locks = new LockTable(new Stack(new App(), "Stack"), "Locks");
    CfnTable resource = (CfnTable) locks.getNode().getDefaultChild();
    assertThat(resource).isSameAs(locks.getTable().getNode().getDefaultChild());
    assertThat(locks.getTable().getTableName()).isEqualTo(locks.getTableName());
  }

  @Test
  void builder_createsSameTableAsProps() {
    Stack stack = new Stack(new App(), "Stack");
    LockTable.Builder.create(stack, "Locks").build();
    assertThat(SynthesizedTemplate.of(stack).resource(LOGICAL_ID)).isEqualTo(table);
  }

  @Test
  void importedTable_hasAccessor() {
    Stack stack = new Stack(new App(), "Stack");
    assertThat(LockTable.fromTableName(stack, "Theirs", "their-locks").getTable().getTableName())
        .isEqualTo("their-locks");
  }

  @Test
  void of_existingTable_grantsLockingOnIt() {
    Stack stack = new Stack(new App(), "Stack");
    Key key = new Key(stack, "Key");
    Table existing = table(stack, "resource_id", AttributeType.STRING).encryptionKey(key).build();
    LockTable.of(existing).grantLocking(new ManagedPolicy(stack, "Locking"));
    JsonNode statements =
        SynthesizedTemplate.of(stack)
            .onlyResourceProperties("AWS::IAM::ManagedPolicy")
            .at("/PolicyDocument/Statement");
    String logicalId = stack.getLogicalId((CfnTable) existing.getNode().getDefaultChild());
    assertThat(statements.path(0).path("Action"))
        .isEqualTo(json("[\"dynamodb:DeleteItem\", \"dynamodb:PutItem\"]"));
    assertThat(statements.path(0).at("/Resource/Fn::GetAtt/0").asText()).isEqualTo(logicalId);
    assertThat(statements.path(1).path("Action").toString()).contains("kms:Decrypt");
  }

  @Test
  void of_sameTable_isSameLockTable() {
    Stack stack = new Stack(new App(), "Stack");
    Table existing = table(stack, "resource_id", AttributeType.STRING).build();
    assertThat(LockTable.of(existing)).isSameAs(LockTable.of(existing));
  }

  @Test
  void of_importedTable_isAccepted() {
    Stack stack = new Stack(new App(), "Stack");
    String arn = "arn:aws:dynamodb:eu-central-1:111122223333:table/their-locks";
    ILockTable locks = LockTable.of(Table.fromTableArn(stack, "Theirs", arn));
    assertThat(locks.getTableArn()).isEqualTo(arn);
    assertThat(locks.getTableName()).isEqualTo("their-locks");
  }

  @ParameterizedTest
  @CsvSource({"id,STRING", "resource_id,NUMBER"})
  void of_tableWithOtherKey_isRejected(String key, AttributeType type) {
    Stack stack = new Stack(new App(), "Stack");
    Table other = table(stack, key, type).build();
    assertThatThrownBy(() -> LockTable.of(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "the key of lock table Stack/Existing must be the partition key resource_id of type"
                + " String, got ")
        .hasMessageContaining("attributeName=" + key);
  }

  @Test
  void of_tableWithSortKey_isRejected() {
    Stack stack = new Stack(new App(), "Stack");
    Table other =
        table(stack, "resource_id", AttributeType.STRING)
            .sortKey(Attribute.builder().name("part").type(AttributeType.STRING).build())
            .build();
    assertThatThrownBy(() -> LockTable.of(other)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Table.Builder table(Stack stack, String key, AttributeType type) {
    return Table.Builder.create(stack, "Existing")
        .partitionKey(Attribute.builder().name(key).type(type).build());
  }
}
