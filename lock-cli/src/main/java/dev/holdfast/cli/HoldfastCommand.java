package dev.holdfast.cli;

import dev.holdfast.lock.TimeSource;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
      "  1  refused: the operation is unsafe or was not confirmed, or it is not a lock table",
      "  2  the command line is invalid",
      "  3  the table or the lock does not exist",
      "  4  DynamoDB or the table is unavailable",
      "  5  the command itself failed"
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
    CommandLine command = problem.getCommandLine();
    ParameterException reported = preferUnknownOption(problem);
    terminal.printError(
        reported.getMessage()
            + suggestion(reported)
            + "; see "
            + command.getCommandSpec().qualifiedName()
            + " --help");
    return ExitCode.USAGE.code();
  }

  /** Reports a misspelt option instead of the parameter that is missing because of it. */
  private static ParameterException preferUnknownOption(ParameterException problem) {
    CommandLine command = problem.getCommandLine();
    List<String> unknownOptions =
        command.getUnmatchedArguments().stream().filter(text -> text.startsWith("-")).toList();
    return unknownOptions.isEmpty()
        ? problem
        : new UnmatchedArgumentException(command, unknownOptions);
  }

  private static String suggestion(ParameterException problem) {
    List<String> names =
        problem instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return names.isEmpty() ? "" : ", did you mean " + String.join(" or ", names) + "?";
  }

  private int handleFailure(Exception failure) {
    if (failure instanceof ParameterException problem) {
      return handleUsageError(problem, new String[0]);
    }
    ExitCode code = ExitCode.of(failure);
    String problem =
        code == ExitCode.FAILED
            ? "the command failed, please report it: " + failure
            : String.valueOf(failure.getMessage());
    terminal.printError(problem);
    return code.code();
  }
}
