package dev.holdfast.testkit.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.LockTableMissingException;
import dev.holdfast.lock.dynamodb.admin.Aspect;
import dev.holdfast.lock.dynamodb.admin.Difference;
import dev.holdfast.lock.dynamodb.admin.LockTableDescription;
import dev.holdfast.lock.dynamodb.admin.LockTables;
import dev.holdfast.lock.dynamodb.admin.Marking;
import dev.holdfast.lock.dynamodb.admin.NewLockTable;
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

class DescribeTablesTest extends AdminTest {

  @Test
  void tableWithNothingRight_differsInAll_andCannotLock() {
    server().createTable(TABLE, "id", ScalarAttributeType.N);

    LockTableDescription table = tables().describe(TABLE);

    assertThat(found(table))
        .containsEntry(Aspect.KEY, "'id' (Number), without a sort key")
        .containsEntry(Aspect.TIME_TO_LIVE, "off")
        .containsEntry(Aspect.DELETION_PROTECTION, "off")
        .containsEntry(Aspect.TAG, "missing")
        .hasSize(4);
    assertThat(table.canLock()).isFalse();
    assertThat(table.isLockTable()).isFalse();
  }

  @Test
  void timeToLiveOnAnotherAttribute_differs() {
    server().createLockTable(TABLE);
    local.updateTimeToLive(
        r -> r.tableName(TABLE).timeToLiveSpecification(t -> t.enabled(true).attributeName("end")));

    LockTableDescription table = tables().describe(TABLE);

    assertThat(found(table)).containsEntry(Aspect.TIME_TO_LIVE, "on, by 'end'");
    assertThat(table.canLock()).isTrue();
  }

  @Test
  void sortKey_capacity_stateAndReplicas_areLookedAt() throws InterruptedException {
    createTable();
    KeySchemaElement sort =
        KeySchemaElement.builder().attributeName("slot").keyType(KeyType.RANGE).build();
    described(
        table ->
            table.toBuilder()
                .keySchema(table.keySchema().get(0), sort)
                .billingModeSummary(b -> b.billingMode(BillingMode.PROVISIONED))
                .tableStatus(TableStatus.ARCHIVED)
                .replicas(ReplicaDescription.builder().regionName("eu-west-1").build())
                .build());

    Map<Aspect, String> found = found(tables().describe(TABLE));

    assertThat(found.get(Aspect.KEY)).endsWith("with sort key 'slot'");
    assertThat(found).containsEntry(Aspect.BILLING, "provisioned");
    assertThat(found).containsEntry(Aspect.STATUS, "ARCHIVED");
    assertThat(found.get(Aspect.REPLICAS)).contains("do not exclude each other");
  }

  @Test
  void stronglyConsistentReplicas_andAnUpdate_areNoDifference() throws InterruptedException {
    createTable();
    described(
        table ->
            table.toBuilder()
                .tableStatus(TableStatus.UPDATING)
                .multiRegionConsistency(MultiRegionConsistency.STRONG)
                .replicas(ReplicaDescription.builder().regionName("eu-west-1").build())
                .build());

    assertThat(found(tables().describe(TABLE))).containsOnlyKeys(Aspect.DELETION_PROTECTION);
  }

  private void described(UnaryOperator<TableDescription> as) {
    dynamoDb.always(
        "describeTable",
        real -> {
          DescribeTableResponse response = (DescribeTableResponse) real.make();
          return response.toBuilder().table(as.apply(response.table())).build();
        });
  }

  @Test
  void missingTable_isAnErrorOfItsOwn() {
    assertThatExceptionOfType(LockTableMissingException.class)
        .isThrownBy(() -> tables().describe(TABLE))
        .withMessageContaining("there is no table 'orders-locks'");
  }

  @Test
  void list_hasTheTaggedTablesOfAllPages() throws InterruptedException {
    for (String name : new String[] {"locks-1", "locks-2", "locks-3"}) {
      tables().create(NewLockTable.named(name));
    }
    server().createLockTable("a-table");
    server().createLockTable("z-table");
    dynamoDb.takeCalls();

    assertThat(tables().list())
        .extracting(LockTableDescription::name)
        .containsExactly("locks-1", "locks-2", "locks-3");
    assertThat(dynamoDb.takeCalls())
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
  void tableThatGoesWhileListed_isLeftOut() throws InterruptedException {
    createTable();
    dynamoDb.next(
        "describeTable",
        real -> {
          throw ServiceErrors.missing();
        });

    assertThat(tables().list()).isEmpty();
  }

  @Test
  void serverWithoutTags_listsWhatHasKeyAndTimeToLive() throws InterruptedException {
    createTable();
    server().createLockTable("a-table");
    server().createTable("z-table", "id", ScalarAttributeType.S);
    local.updateTimeToLive(
        r ->
            r.tableName("z-table")
                .timeToLiveSpecification(t -> t.enabled(true).attributeName("ttl")));

    assertThat(LockTables.on(local).list())
        .singleElement()
        .satisfies(table -> assertThat(table.name()).isEqualTo(TABLE))
        .satisfies(table -> assertThat(table.marking()).isEqualTo(Marking.NO_TAGS_HERE));
  }

  private static Map<Aspect, String> found(LockTableDescription table) {
    return table.differences().stream()
        .collect(Collectors.toMap(Difference::aspect, Difference::found));
  }
}
