package dev.holdfast.cli;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.admin.LockAdmin;
import dev.holdfast.lock.admin.StoredLock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Shows one lock: its holder and the expiry of its lease, or its completion record. Reads one"
            + " row.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  holdfast show order-42 --table locks",
      "  holdfast show mail#permit-2 --table locks --output json"
    })
final class ShowLockCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "name of the lock")
  private String lockName = "";

  @Mixin private TableOption tableOption = new TableOption();
  @Mixin private ClientOptions clientOptions = new ClientOptions();
  @Mixin private OutputOptions outputOptions = new OutputOptions();

  private final Terminal terminal;
  private final TimeSource time;

  ShowLockCommand(Terminal terminal, TimeSource time) {
    this.terminal = terminal;
    this.time = time;
  }

  @Override
  public Integer call() {
    String table = tableOption.name();
    try (DynamoDbClient client = clientOptions.createClient()) {
      Optional<StoredLock> lock = LockAdmin.create(client, table).find(lockName);
      if (lock.isEmpty()) {
        terminal.printError("lock '" + lockName + "' not found: table '" + table + "' has no row");
        return ExitCode.NOT_FOUND.code();
      }
      LockView view = LockView.of(lock.get(), time.wallTime());
      outputOptions.print(terminal, view, view::toText);
    }
    return ExitCode.OK.code();
  }
}
