package dev.holdfast.cli;

import dev.holdfast.lock.dynamodb.admin.Creation;
import dev.holdfast.lock.dynamodb.admin.LockTableDescription;
import dev.holdfast.lock.dynamodb.admin.LockTables;
import dev.holdfast.lock.dynamodb.admin.NewLockTable;
import dev.holdfast.lock.dynamodb.admin.Protection;
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
    versionProvider = Version.class,
    description =
        "Creates a lock table: on-demand, with time to live, protected from deletion; waits until it"
            + " can be used. Made again, it finishes what an earlier call left undone.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  holdfast create-table locks --tag team=orders",
      "  holdfast create-table locks --no-deletion-protection --endpoint-url http://127.0.0.1:8000"
    })
final class CreateTable implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "the table's name")
  private String name = "";

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "a tag besides the one by which lock tables are known; may be repeated")
  private Map<String, String> tags = new TreeMap<>();

  @Option(
      names = "--no-deletion-protection",
      description = "lets whoever may delete the table do so")
  private boolean unprotected;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "how long to wait until it can be used; ${DEFAULT-VALUE} unless given")
  private int waitSeconds = 120;

  @Mixin private Access access = new Access();
  @Mixin private Output output = new Output();

  private final Console console;

  CreateTable(Console console) {
    this.console = console;
  }

  /** What programs are told. */
  record Result(boolean created, TableView table) {}

  @Override
  public Integer call() throws InterruptedException {
    NewLockTable wanted =
        NewLockTable.named(name)
            .protection(unprotected ? Protection.OFF : Protection.ON)
            .waitUpTo(Duration.ofSeconds(waitSeconds));
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      wanted = wanted.tag(tag.getKey(), tag.getValue());
    }
    try (DynamoDbClient client = access.client()) {
      console.note("creating table '" + name + "', which takes some seconds");
      print(LockTables.on(client).create(wanted));
    }
    return ExitCode.DONE.number();
  }

  private void print(Creation creation) {
    boolean created = creation instanceof Creation.Created;
    LockTableDescription table = creation.table();
    output.print(
        console,
        new Result(created, TableView.of(table)),
        () ->
            (created ? "created table '" : "there is a lock table '")
                + table.name()
                + "' ("
                + table.arn()
                + "); differs in: "
                + TableView.differences(table));
  }
}
