package dev.holdfast.cli;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.admin.StoredLock;
import dev.holdfast.lock.dynamodb.admin.StoredLocks;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Shows one lock: who holds it and until when, or that its work is remembered as done. Reads"
            + " one row.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  holdfast show order-42 --table locks",
      "  holdfast show mail#permit-2 --table locks --output json"
    })
final class ShowLock implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "the lock's name")
  private String name = "";

  @Mixin private TableOption table = new TableOption();
  @Mixin private Access access = new Access();
  @Mixin private Output output = new Output();

  private final Console console;
  private final TimeSource time;

  ShowLock(Console console, TimeSource time) {
    this.console = console;
    this.time = time;
  }

  @Override
  public Integer call() {
    try (DynamoDbClient client = access.client()) {
      Optional<StoredLock> lock = StoredLocks.on(client, table.name()).find(name);
      if (lock.isEmpty()) {
        console.complain("nobody holds '" + name + "': table '" + table.name() + "' has no row");
        return ExitCode.NOT_THERE.number();
      }
      LockView view = LockView.of(lock.get(), time.wall());
      output.print(console, view, view::text);
    }
    return ExitCode.DONE.number();
  }
}
