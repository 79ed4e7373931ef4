package dev.holdfast.cli;

import dev.holdfast.lock.admin.DeleteMode;
import dev.holdfast.lock.admin.LockTableAdmin;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(
    name = "delete-table",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Deletes a lock table and waits until the deletion has completed. Asks for the table name"
            + " first. Refuses a table that is not a lock table, contains unrecognized rows, has"
            + " deletion protection, or contains held locks.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  holdfast delete-table locks",
      "  holdfast delete-table locks --yes --even-if-held"
    })
final class DeleteTableCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "name or ARN of the table")
  private String tableName = "";

  @Option(names = "--yes", description = "skips the confirmation")
  private boolean skipConfirmation;

  @Option(
      names = "--even-if-held",
      description =
          "deletes the table although locks are held; their holders lose mutual exclusion")
  private boolean evenIfHeld;

  @Mixin private ClientOptions clientOptions = new ClientOptions();

  private final Terminal terminal;

  DeleteTableCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (DynamoDbClient client = clientOptions.createClient()) {
      LockTableAdmin tables = LockTableAdmin.create(client);
      String confirmedName = tables.describeTable(tableName).name();
      if (!skipConfirmation && !isConfirmed(confirmedName)) {
        return ExitCode.REFUSED.code();
      }
      tables.deleteTable(tableName, evenIfHeld ? DeleteMode.FORCE : DeleteMode.IF_UNUSED);
      terminal.print("deleted table '" + confirmedName + "'");
    }
    return ExitCode.OK.code();
  }

  private boolean isConfirmed(String expectedName) {
    String answer = terminal.prompt("enter the table name to delete the table: ").orElse("");
    if (answer.equals(expectedName)) {
      return true;
    }
    terminal.printError(
        "table '"
            + expectedName
            + "' was not deleted: confirmation must be the table name, got '"
            + answer
            + "'; enter the name or pass --yes");
    return false;
  }
}
