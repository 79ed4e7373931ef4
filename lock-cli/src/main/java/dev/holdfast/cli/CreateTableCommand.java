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
        "Creates a lock table: on-demand, with time to live, protected from deletion; waits until it"
            + " can be used. Made again, it finishes what an earlier call left undone.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  holdfast create-table locks --tag team=orders",
      "  holdfast create-table locks --no-deletion-protection --endpoint-url http://127.0.0.1:8000"
    })
final class CreateTableCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "the table's name")
  private String tableName = "";

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "a tag besides the one by which lock tables are known; may be repeated")
  private Map<String, String> tags = new TreeMap<>();

  @Option(
      names = "--no-deletion-protection",
      description = "lets whoever may delete the table do so")
  private boolean noDeletionProtection;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "how long to wait until it can be used; ${DEFAULT-VALUE} unless given")
  private int maxWaitSeconds = 120;

  @Mixin private ClientOptions clientOptions = new ClientOptions();
  @Mixin private OutputOptions outputOptions = new OutputOptions();

  private final Terminal terminal;

  CreateTableCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What programs are told. */
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
      terminal.printProgress("creating table '" + tableName + "', which takes some seconds");
      printResult(LockTableAdmin.create(client).createTable(request));
    }
    return ExitCode.OK.code();
  }

  private void printResult(CreateResult result) {
    boolean created = result instanceof CreateResult.Created;
    LockTableDescription table = result.table();
    outputOptions.print(
        terminal,
        new Result(created, TableView.of(table)),
        () ->
            (created ? "created table '" : "there is a lock table '")
                + table.name()
                + "' ("
                + table.arn()
                + "); differs in: "
                + TableView.issues(table));
  }
}
