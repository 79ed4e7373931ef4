package dev.holdfast.cli;

import dev.holdfast.lock.TimeSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import software.amazon.awssdk.core.exception.SdkException;

/** Root command, with the error handlers of all subcommands. */
@Command(
    name = "holdfast",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Manages lock tables and shows their locks.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  success",
      "  1  refused: the operation is unsafe or was not confirmed",
      "  2  the command line is invalid",
      "  3  the table or the lock does not exist",
      "  4  DynamoDB is unavailable"
    })
final class HoldfastCommand {
  private final Terminal terminal;

  private HoldfastCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Runs one command.
   *
   * @param args the name of the command and its arguments
   */
  public static void main(String[] args) {
    System.exit(commandLine(Terminal.system(), TimeSource.system()).execute(args));
  }

  static CommandLine commandLine(Terminal terminal, TimeSource time) {
    HoldfastCommand root = new HoldfastCommand(terminal);
    CommandLine commandLine =
        new CommandLine(root)
            .addSubcommand(new CreateTableCommand(terminal))
            .addSubcommand(new ListTablesCommand(terminal))
            .addSubcommand(new DeleteTableCommand(terminal))
            .addSubcommand(new ListLocksCommand(terminal, time))
            .addSubcommand(new ShowLockCommand(terminal, time));
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        // A lock name may start with '@'. It is not the name of an argument file.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(root::handleUsageError)
        .setExecutionExceptionHandler((failure, command, parsed) -> root.handleFailure(failure));
  }

  private int handleUsageError(ParameterException problem, String[] args) {
    String command = problem.getCommandLine().getCommandSpec().qualifiedName();
    terminal.printError(problem.getMessage() + "; see " + command + " --help");
    return ExitCode.USAGE.code();
  }

  private int handleFailure(Exception failure) {
    terminal.printError(failure.getMessage() + hint(failure));
    return ExitCode.of(failure).code();
  }

  /** Returns advice for errors of the SDK. Messages of the lock library already contain it. */
  private static String hint(Exception failure) {
    return failure instanceof SdkException
        ? "; check the credentials, --region, --profile and --endpoint-url"
        : "";
  }
}
