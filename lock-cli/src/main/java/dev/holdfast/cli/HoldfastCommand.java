package dev.holdfast.cli;

import dev.holdfast.lock.TimeSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import software.amazon.awssdk.core.exception.SdkException;

/** The command and what it says when something goes wrong. */
@Command(
    name = "holdfast",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Lock tables, and who holds what.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  done",
      "  1  not done: it would do harm, or was not confirmed",
      "  2  the command line makes no sense",
      "  3  there is no such table or lock",
      "  4  DynamoDB could not be used"
    })
final class HoldfastCommand {
  private final Terminal terminal;

  private HoldfastCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Runs one command.
   *
   * @param args its name and what belongs to it
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
        // A lock's name may begin with '@': it names no file of further arguments.
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

  /** The lock library's own errors say what to do. */
  private static String hint(Exception failure) {
    return failure instanceof SdkException
        ? ": check --region, --profile and --endpoint-url, and that there are credentials"
        : "";
  }
}
