package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockTableNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

/**
 * Looks at tables.
 *
 * @param client where they are
 */
record TableInspector(DynamoDbClient client) {

  TableInspection inspect(String table) {
    SdkCalls sdkCalls = SdkCalls.forTable(table);
    TableDescription description = describe(table, sdkCalls);
    TagStatus tagStatus = tagStatus(description, sdkCalls);
    return new TableInspection(description, timeToLive(table, sdkCalls), tagStatus);
  }

  /**
   * Whether there is a table, and in what state. Asks for nothing else: tags and time to live of a
   * table that comes or goes may be missing before and after the table is.
   */
  Optional<TableDescription> find(String table) {
    try {
      return Optional.of(describe(table, SdkCalls.forTable(table)));
    } catch (LockTableNotFoundException e) {
      return Optional.empty();
    }
  }

  private TableDescription describe(String table, SdkCalls sdkCalls) {
    return sdkCalls.run(
        "DescribeTable",
        () ->
            client
                .describeTable(r -> r.tableName(table).overrideConfiguration(SdkCalls.WITH_TIMEOUT))
                .table());
  }

  private TagStatus tagStatus(TableDescription description, SdkCalls sdkCalls) {
    String arn = description.tableArn();
    return sdkCalls.run("ListTagsOfResource", () -> new TableTagReader(client).tagStatusOf(arn));
  }

  private TimeToLiveDescription timeToLive(String table, SdkCalls sdkCalls) {
    return sdkCalls.run(
        "DescribeTimeToLive",
        () ->
            client
                .describeTimeToLive(
                    r -> r.tableName(table).overrideConfiguration(SdkCalls.WITH_TIMEOUT))
                .timeToLiveDescription());
  }

  /** The tag is looked at before the rest: most tables of an account are not ours. */
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

  /** Bounded by the account's tables: each page begins after the last name of the one before. */
  private List<String> listNames() {
    SdkCalls sdkCalls = new SdkCalls("the account's tables");
    List<String> names = new ArrayList<>();
    String last = null;
    do {
      ListTablesResponse page = listPage(last, sdkCalls);
      names.addAll(page.tableNames());
      last = page.lastEvaluatedTableName();
    } while (last != null);
    return names;
  }

  private ListTablesResponse listPage(@Nullable String after, SdkCalls sdkCalls) {
    return sdkCalls.run(
        "ListTables",
        () ->
            client.listTables(
                r ->
                    r.exclusiveStartTableName(after).overrideConfiguration(SdkCalls.WITH_TIMEOUT)));
  }
}
