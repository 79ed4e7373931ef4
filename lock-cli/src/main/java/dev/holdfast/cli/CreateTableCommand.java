package dev.holdfast.cli;

import dev.holdfast.lock.admin.CreateResult;
import dev.holdfast.lock.admin.DeletionProtection;
import dev.holdfast.lock.admin.LockTableAdmin;
import dev.holdfast.lock.admin.LockTableDescription;
import dev.holdfast.lock.admin.NewLockTable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(
    name = "create-table",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Creates a lock table with on-demand capacity, time to live and deletion protection, and waits"
            + " until it is ready. Completes a table that an interrupted call left incomplete.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  holdfast create-table locks --tag team=orders",
      "  holdfast create-table locks --endpoint-url http://127.0.0.1:8000"
    })
final class CreateTableCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "name of the table")
  private String tableName = "";

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "tag to add to the table; may be repeated")
  private Map<String, String> tags = new TreeMap<>();

  @Option(
      names = "--no-deletion-protection",
      description = "creates the table without deletion protection")
  private boolean noDeletionProtection;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "maximum time to wait until the table is ready; default: ${DEFAULT-VALUE}")
  private int maxWaitSeconds = 120;

  @Mixin private ClientOptions clientOptions = new ClientOptions();
  @Mixin private OutputOptions outputOptions = new OutputOptions();

  private final Terminal terminal;

  CreateTableCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** JSON output of the command. */
  record Result(boolean created, TableView table) {}

  @Override
  public Integer call() throws InterruptedException {
    NewLockTable request =
        NewLockTable.of(tableName)
            .deletionProtection(
                noDeletionProtection ? DeletionProtection.DISABLED : DeletionProtection.ENABLED)
            .maxWait(Duration.ofSeconds(maxWaitSeconds));
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      request = request.tag(tag.getKey(), tag.getValue());
    }
    try (DynamoDbClient client = clientOptions.createClient()) {
      printResult(LockTableAdmin.create(client).createTable(request, this::printProgress));
    }
    return ExitCode.OK.code();
  }

  private void printProgress() {
    terminal.printProgress("creating table '" + tableName + "'; this takes several seconds");
  }

  private void printResult(CreateResult result) {
    boolean created = result instanceof CreateResult.Created;
    LockTableDescription table = result.table();
    outputOptions.print(
        terminal,
        new Result(created, TableView.of(table)),
        () ->
            (created ? "created table '" : "lock table already exists: '")
                + table.name()
                + "' ("
                + table.arn()
                + "); issues: "
                + TableView.issues(table));
  }
}
