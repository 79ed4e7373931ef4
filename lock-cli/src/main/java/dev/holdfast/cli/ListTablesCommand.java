package dev.holdfast.cli;

import dev.holdfast.lock.admin.LockTableAdmin;
import dev.holdfast.lock.admin.LockTableDescription;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(
    name = "list-tables",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Lists all lock tables of the account and Region, with the properties that differ from those"
            + " of a correct lock table.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  holdfast list-tables --region eu-central-1",
      "  holdfast list-tables --output json"
    })
final class ListTablesCommand implements Callable<Integer> {
  @Mixin private ClientOptions clientOptions = new ClientOptions();
  @Mixin private OutputOptions outputOptions = new OutputOptions();

  private final Terminal terminal;

  ListTablesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (DynamoDbClient client = clientOptions.createClient()) {
      List<LockTableDescription> tables = LockTableAdmin.create(client).listTables();
      outputOptions.print(
          terminal, tables.stream().map(TableView::of).toList(), () -> TableView.toText(tables));
    }
    return ExitCode.OK.code();
  }
}
