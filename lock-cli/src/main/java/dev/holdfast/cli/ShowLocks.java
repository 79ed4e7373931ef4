package dev.holdfast.cli;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.admin.StoredLock;
import dev.holdfast.lock.dynamodb.admin.StoredLocks;
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
    versionProvider = Version.class,
    description =
        "Lists the locks of a table that are held, those whose lease is over and nobody has taken"
            + " over too, and rows that locking cannot read. Reads the whole table.",
    footerHeading = "%nExamples:%n",
    footer = {"  holdfast locks --table locks", "  holdfast locks --table locks --output json"})
final class ShowLocks implements Callable<Integer> {
  @Mixin private TableOption table = new TableOption();
  @Mixin private Access access = new Access();
  @Mixin private Output output = new Output();

  private final Console console;
  private final TimeSource time;

  ShowLocks(Console console, TimeSource time) {
    this.console = console;
    this.time = time;
  }

  @Override
  public Integer call() {
    try (DynamoDbClient client = access.client();
        Stream<StoredLock> held = StoredLocks.on(client, table.name()).held()) {
      Instant now = time.wall();
      List<LockView> views = held.map(lock -> LockView.of(lock, now)).toList();
      output.print(console, views, () -> LockView.text(views));
    }
    return ExitCode.DONE.number();
  }
}
