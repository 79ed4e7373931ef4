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
        "Deletes a lock table and waits until it is gone. Asks for its name first. Refuses a table"
            + " that is not a lock table or has rows of another kind, one that is protected from"
            + " deletion, and one in which locks are held.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  holdfast delete-table locks",
      "  holdfast delete-table locks --yes --even-if-held"
    })
final class DeleteTableCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "the table's name or ARN")
  private String tableName = "";

  @Option(names = "--yes", description = "does not ask")
  private boolean skipConfirmation;

  @Option(
      names = "--even-if-held",
      description = "deletes it although locks are held: their holders are no longer alone")
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
    String answer = terminal.prompt("type the table's name to delete it: ").orElse("");
    if (answer.equals(expectedName)) {
      return true;
    }
    terminal.printError(
        "table '"
            + expectedName
            + "' was not deleted: its name was asked for, and the answer was '"
            + answer
            + "'; pass --yes to delete it without being asked");
    return false;
  }
}
