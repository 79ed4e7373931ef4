package dev.holdfast.cli;

import dev.holdfast.lock.dynamodb.admin.HeldLockRule;
import dev.holdfast.lock.dynamodb.admin.LockTables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(
    name = "delete-table",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Deletes a lock table and waits until it is gone. Asks for its name first. Refuses a table"
            + " that is not a lock table or has rows of another kind, one that is protected from"
            + " deletion, and one in which locks are held.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  holdfast delete-table locks",
      "  holdfast delete-table locks --yes --even-if-held"
    })
final class DeleteTable implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "the table's name or ARN")
  private String name = "";

  @Option(names = "--yes", description = "does not ask")
  private boolean yes;

  @Option(
      names = "--even-if-held",
      description = "deletes it although locks are held: their holders are no longer alone")
  private boolean evenIfHeld;

  @Mixin private Access access = new Access();

  private final Console console;

  DeleteTable(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (DynamoDbClient client = access.client()) {
      LockTables tables = LockTables.on(client);
      String found = tables.describe(name).name();
      if (!yes && !isConfirmed(found)) {
        return ExitCode.REFUSED.number();
      }
      tables.delete(name, evenIfHeld ? HeldLockRule.DELETE_ALL_THE_SAME : HeldLockRule.REFUSE);
      console.print("deleted table '" + found + "'");
    }
    return ExitCode.DONE.number();
  }

  private boolean isConfirmed(String found) {
    String answer = console.ask("type the table's name to delete it: ").orElse("");
    if (answer.equals(found)) {
      return true;
    }
    console.complain(
        "table '"
            + found
            + "' was not deleted: its name was asked for, and the answer was '"
            + answer
            + "'; pass --yes to delete it without being asked");
    return false;
  }
}
