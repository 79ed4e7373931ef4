package dev.holdfast.verification.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.admin.LockTableAdmin;
import dev.holdfast.lock.admin.LockTableDescription;
import dev.holdfast.lock.admin.NewLockTable;
import dev.holdfast.lock.admin.TableIssue;
import dev.holdfast.lock.admin.TableProperty;
import dev.holdfast.lock.admin.TagStatus;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.MultiRegionConsistency;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

class DescribeTablesTest extends AdminFixture {

  @Test
  void tableWithEveryIssue_reportsAll_andCannotLock() {
    server.createTable(TABLE, "id", ScalarAttributeType.N);

    LockTableDescription table = lockTableAdmin().describeTable(TABLE);

    assertThat(actualByProperty(table))
        .containsEntry(TableProperty.KEY, "'id' (Number), without a sort key")
        .containsEntry(TableProperty.TIME_TO_LIVE, "off")
        .containsEntry(TableProperty.DELETION_PROTECTION, "off")
        .containsEntry(TableProperty.TAG, "missing")
        .hasSize(4);
    assertThat(table.supportsLocking()).isFalse();
    assertThat(table.isLockTable()).isFalse();
  }

  @Test
  void timeToLiveOnOtherAttribute_isReported() {
    server.createLockTable(TABLE);
    local.updateTimeToLive(
        r -> r.tableName(TABLE).timeToLiveSpecification(t -> t.enabled(true).attributeName("end")));

    LockTableDescription table = lockTableAdmin().describeTable(TABLE);

    assertThat(actualByProperty(table)).containsEntry(TableProperty.TIME_TO_LIVE, "on, by 'end'");
    assertThat(table.supportsLocking()).isTrue();
  }

  @Test
  void sortKey_billing_statusAndReplicas_areReported() throws InterruptedException {
    createTable();
    KeySchemaElement sort =
        KeySchemaElement.builder().attributeName("slot").keyType(KeyType.RANGE).build();
    answerDescribeTable(
        table ->
            table.toBuilder()
                .keySchema(table.keySchema().get(0), sort)
                .billingModeSummary(b -> b.billingMode(BillingMode.PROVISIONED))
                .tableStatus(TableStatus.ARCHIVED)
                .replicas(ReplicaDescription.builder().regionName("eu-west-1").build())
                .build());

    Map<TableProperty, String> found = actualByProperty(lockTableAdmin().describeTable(TABLE));

    assertThat(found.get(TableProperty.KEY)).endsWith("with sort key 'slot'");
    assertThat(found).containsEntry(TableProperty.BILLING_MODE, "provisioned");
    assertThat(found).containsEntry(TableProperty.STATUS, "ARCHIVED");
    assertThat(found.get(TableProperty.REPLICAS)).contains("do not exclude each other");
  }

  @Test
  void stronglyConsistentReplicas_andUpdatingStatus_areNoIssue() throws InterruptedException {
    createTable();
    answerDescribeTable(
        table ->
            table.toBuilder()
                .tableStatus(TableStatus.UPDATING)
                .multiRegionConsistency(MultiRegionConsistency.STRONG)
                .replicas(ReplicaDescription.builder().regionName("eu-west-1").build())
                .build());

    assertThat(actualByProperty(lockTableAdmin().describeTable(TABLE)))
        .containsOnlyKeys(TableProperty.DELETION_PROTECTION);
  }

  private void answerDescribeTable(UnaryOperator<TableDescription> change) {
    dynamoDb.answerAlways(
        "describeTable",
        real -> {
          DescribeTableResponse response = (DescribeTableResponse) real.execute();
          return response.toBuilder().table(change.apply(response.table())).build();
        });
  }

  @Test
  void describe_ofMissingTable_throwsTableNotFound() {
    assertThatExceptionOfType(LockTableNotFoundException.class)
        .isThrownBy(() -> lockTableAdmin().describeTable(TABLE))
        .withMessageContaining("there is no table 'orders-locks'");
  }

  @Test
  void list_returnsTaggedTablesOfAllPages() throws InterruptedException {
    for (String name : new String[] {"locks-1", "locks-2", "locks-3"}) {
      lockTableAdmin().createTable(NewLockTable.of(name));
    }
    server.createLockTable("a-table");
    server.createLockTable("z-table");
    dynamoDb.drainCalls();

    assertThat(lockTableAdmin().listTables())
        .extracting(LockTableDescription::name)
        .containsExactly("locks-1", "locks-2", "locks-3");
    assertThat(dynamoDb.drainCalls())
        .filteredOn(call -> !call.equals("describeTable"))
        .filteredOn(call -> !call.equals("listTagsOfResource"))
        .containsExactly(
            "listTables",
            "listTables",
            "listTables",
            "describeTimeToLive",
            "describeTimeToLive",
            "describeTimeToLive");
  }

  @Test
  void list_whenTableIsDeletedMeanwhile_omitsIt() throws InterruptedException {
    createTable();
    dynamoDb.answerNext(
        "describeTable",
        real -> {
          throw ServiceErrors.notFound();
        });

    assertThat(lockTableAdmin().listTables()).isEmpty();
  }

  @Test
  void list_onServerWithoutTags_returnsTablesWithKey() throws InterruptedException {
    createTable();
    server.createLockTable("of-the-testkit");
    server.createTable("z-table", "id", ScalarAttributeType.S);
    local.updateTimeToLive(
        r ->
            r.tableName("z-table")
                .timeToLiveSpecification(t -> t.enabled(true).attributeName("ttl")));

    assertThat(LockTableAdmin.create(local).listTables())
        .allSatisfy(table -> assertThat(table.tagStatus()).isEqualTo(TagStatus.TAGS_UNSUPPORTED))
        .extracting(LockTableDescription::name)
        .containsExactlyInAnyOrder("of-the-testkit", TABLE);
  }

  private static Map<TableProperty, String> actualByProperty(LockTableDescription table) {
    return table.issues().stream()
        .collect(Collectors.toMap(TableIssue::property, TableIssue::actual));
  }
}
