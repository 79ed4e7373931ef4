package dev.holdfast.cli;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.admin.LockAdmin;
import dev.holdfast.lock.admin.StoredLock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(
    name = "locks",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Lists the held locks of a table, including expired ones, and unrecognized rows. Reads the"
            + " whole table.",
    footerHeading = "%nExamples:%n",
    footer = {"  holdfast locks --table locks", "  holdfast locks --table locks --output json"})
final class ListLocksCommand implements Callable<Integer> {
  @Mixin private TableOption tableOption = new TableOption();
  @Mixin private ClientOptions clientOptions = new ClientOptions();
  @Mixin private OutputOptions outputOptions = new OutputOptions();

  private final Terminal terminal;
  private final TimeSource time;

  ListLocksCommand(Terminal terminal, TimeSource time) {
    this.terminal = terminal;
    this.time = time;
  }

  @Override
  public Integer call() {
    String table = tableOption.name();
    try (DynamoDbClient client = clientOptions.createClient();
        Stream<StoredLock> held = LockAdmin.create(client, table).listHeld()) {
      Instant now = time.wallTime();
      List<LockView> views = held.map(lock -> LockView.of(lock, now)).toList();
      outputOptions.print(terminal, views, () -> LockView.toText(views));
    }
    return ExitCode.OK.code();
  }
}
