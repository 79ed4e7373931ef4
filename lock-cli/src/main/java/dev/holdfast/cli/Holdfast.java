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
    versionProvider = Version.class,
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
final class Holdfast {
  private final Console console;

  private Holdfast(Console console) {
    this.console = console;
  }

  /**
   * Runs one command.
   *
   * @param args its name and what belongs to it
   */
  public static void main(String[] args) {
    System.exit(commandLine(Console.ofThisProcess(), TimeSource.system()).execute(args));
  }

  static CommandLine commandLine(Console console, TimeSource time) {
    Holdfast holdfast = new Holdfast(console);
    CommandLine line =
        new CommandLine(holdfast)
            .addSubcommand(new CreateTable(console))
            .addSubcommand(new ListTables(console))
            .addSubcommand(new DeleteTable(console))
            .addSubcommand(new ShowLocks(console, time))
            .addSubcommand(new ShowLock(console, time));
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        // A lock's name may begin with '@': it names no file of further arguments.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(holdfast::misused)
        .setExecutionExceptionHandler((failure, command, parsed) -> holdfast.failed(failure));
  }

  private int misused(ParameterException problem, String[] args) {
    String command = problem.getCommandLine().getCommandSpec().qualifiedName();
    console.complain(problem.getMessage() + "; see " + command + " --help");
    return ExitCode.USAGE.number();
  }

  private int failed(Exception failure) {
    console.complain(failure.getMessage() + hint(failure));
    return ExitCode.of(failure).number();
  }

  /** The lock library's own errors say what to do. */
  private static String hint(Exception failure) {
    return failure instanceof SdkException
        ? ": check --region, --profile and --endpoint-url, and that there are credentials"
        : "";
  }
}
