package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.LockTableMissingException;
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
record Tables(DynamoDbClient client) {

  TableLook look(String table) {
    Calls calls = Calls.about(table);
    TableDescription description = describe(table, calls);
    Marking marking = marking(description, calls);
    return new TableLook(description, timeToLive(table, calls), marking);
  }

  /**
   * Whether there is a table, and in what state. Asks for nothing else: tags and time to live of a
   * table that comes or goes may be missing before and after the table is.
   */
  Optional<TableDescription> find(String table) {
    try {
      return Optional.of(describe(table, Calls.about(table)));
    } catch (LockTableMissingException e) {
      return Optional.empty();
    }
  }

  private TableDescription describe(String table, Calls calls) {
    return calls.run(
        "DescribeTable",
        () ->
            client
                .describeTable(r -> r.tableName(table).overrideConfiguration(Calls.BOUNDED))
                .table());
  }

  private Marking marking(TableDescription description, Calls calls) {
    String arn = description.tableArn();
    return calls.run("ListTagsOfResource", () -> new TableTags(client).of(arn));
  }

  private TimeToLiveDescription timeToLive(String table, Calls calls) {
    return calls.run(
        "DescribeTimeToLive",
        () ->
            client
                .describeTimeToLive(r -> r.tableName(table).overrideConfiguration(Calls.BOUNDED))
                .timeToLiveDescription());
  }

  /** The tag is looked at before the rest: most tables of an account are not ours. */
  List<LockTableDescription> lockTables() {
    return names().stream()
        .flatMap(name -> lockTable(name).stream())
        .filter(LockTableDescription::isLockTable)
        .toList();
  }

  private Optional<LockTableDescription> lockTable(String name) {
    Calls calls = Calls.about(name);
    try {
      TableDescription description = describe(name, calls);
      Marking marking = marking(description, calls);
      return marking == Marking.UNTAGGED
          ? Optional.empty()
          : Optional.of(new TableLook(description, timeToLive(name, calls), marking).description());
    } catch (LockTableMissingException goneMeanwhile) {
      return Optional.empty();
    }
  }

  /** Bounded by the account's tables: each page begins after the last name of the one before. */
  private List<String> names() {
    Calls calls = new Calls("the account's tables");
    List<String> names = new ArrayList<>();
    String last = null;
    do {
      ListTablesResponse page = page(last, calls);
      names.addAll(page.tableNames());
      last = page.lastEvaluatedTableName();
    } while (last != null);
    return names;
  }

  private ListTablesResponse page(@Nullable String after, Calls calls) {
    return calls.run(
        "ListTables",
        () ->
            client.listTables(
                r -> r.exclusiveStartTableName(after).overrideConfiguration(Calls.BOUNDED)));
  }
}
