package dev.holdfast.cli;

import dev.holdfast.lock.dynamodb.admin.LockTableDescription;
import dev.holdfast.lock.dynamodb.admin.LockTables;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(
    name = "list-tables",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Lists the lock tables of the account and Region, all pages, with what differs from what a"
            + " lock table should be.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  holdfast list-tables --region eu-central-1",
      "  holdfast list-tables --output json"
    })
final class ListTables implements Callable<Integer> {
  @Mixin private Access access = new Access();
  @Mixin private Output output = new Output();

  private final Console console;

  ListTables(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (DynamoDbClient client = access.client()) {
      List<LockTableDescription> tables = LockTables.on(client).list();
      output.print(
          console, tables.stream().map(TableView::of).toList(), () -> TableView.text(tables));
    }
    return ExitCode.DONE.number();
  }
}
