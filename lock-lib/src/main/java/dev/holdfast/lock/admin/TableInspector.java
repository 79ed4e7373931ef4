package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockTableNotFoundException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

/**
 * Reads the descriptions, tags and time to live of tables.
 *
 * @param client client of the account and Region of the tables
 */
record TableInspector(DynamoDbClient client) {

  TableInspection inspect(String table) {
    SdkCalls sdkCalls = SdkCalls.forTable(table);
    TableDescription description = describe(table, sdkCalls);
    TagStatus tagStatus = tagStatus(description, sdkCalls);
    return new TableInspection(description, timeToLive(table, sdkCalls), tagStatus);
  }

  /**
   * Returns the description of a table, if it exists. Reads neither tags nor time to live, since a
   * table that is being created or deleted may not have them.
   */
  Optional<TableDescription> find(String table) {
    try {
      return Optional.of(describe(table, SdkCalls.forTable(table)));
    } catch (LockTableNotFoundException e) {
      return Optional.empty();
    }
  }

  private TableDescription describe(String table, SdkCalls sdkCalls) {
    return sdkCalls.read(
        "DescribeTable",
        () ->
            client
                .describeTable(r -> r.tableName(table).overrideConfiguration(SdkCalls.WITH_TIMEOUT))
                .table());
  }

  private TagStatus tagStatus(TableDescription description, SdkCalls sdkCalls) {
    String arn = description.tableArn();
    return sdkCalls.read("ListTagsOfResource", () -> new TableTagReader(client).tagStatusOf(arn));
  }

  private TimeToLiveDescription timeToLive(String table, SdkCalls sdkCalls) {
    return sdkCalls.read(
        "DescribeTimeToLive",
        () ->
            client
                .describeTimeToLive(
                    r -> r.tableName(table).overrideConfiguration(SdkCalls.WITH_TIMEOUT))
                .timeToLiveDescription());
  }

  /** Reads the tag before the rest, since most tables of an account are not lock tables. */
  List<LockTableDescription> listLockTables() {
    return listNames().stream()
        .flatMap(name -> inspectIfLockTable(name).stream())
        .filter(LockTableDescription::isLockTable)
        .toList();
  }

  private Optional<LockTableDescription> inspectIfLockTable(String name) {
    SdkCalls sdkCalls = SdkCalls.forTable(name);
    try {
      TableDescription description = describe(name, sdkCalls);
      TagStatus tagStatus = tagStatus(description, sdkCalls);
      return tagStatus == TagStatus.UNTAGGED
          ? Optional.empty()
          : Optional.of(
              new TableInspection(description, timeToLive(name, sdkCalls), tagStatus)
                  .description());
    } catch (LockTableNotFoundException goneMeanwhile) {
      return Optional.empty();
    }
  }

  private List<String> listNames() {
    ListTablesRequest request =
        ListTablesRequest.builder().overrideConfiguration(SdkCalls.WITH_TIMEOUT).build();
    return new SdkCalls("the account's tables")
        .read(
            "ListTables", () -> client.listTablesPaginator(request).tableNames().stream().toList());
  }
}
