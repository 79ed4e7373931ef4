package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HoldfastCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private final CommandLine commandLine =
      HoldfastCommand.commandLine(
          new Terminal(
              InputStream.nullInputStream(),
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8)),
          TimeSource.system());

  private int execute(String... args) {
    commandLine.setOut(new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true));
    return commandLine.execute(args);
  }

  private String errorOutput() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create-table", "list-tables", "delete-table", "locks", "show"})
  void help_ofEachCommand_listsExamplesAndClientOptions(String command) {
    assertThat(execute(command, "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Examples:", "holdfast " + command)
        .contains("--endpoint-url", "--region", "--profile");
  }

  /** A wrapped address cannot be copied from the terminal. */
  @Test
  void help_ofEachCommand_keepsExamplesAndAddressesInOneLine() {
    for (CommandLine command : commandLine.getSubcommands().values()) {
      String help = command.getUsageMessage();
      assertThat(command.getCommandSpec().usageMessage().footer()).isNotEmpty();
      for (String example : command.getCommandSpec().usageMessage().footer()) {
        assertThat(help.lines()).contains(example);
      }
      assertThat(help).contains("http://127.0.0.1:8000").doesNotContainPattern("http:\\s*\\R");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "create-table", "list-tables", "delete-table", "locks", "show"})
  void version_ofEachCommand_isBuildVersion(String command) {
    assertThat(execute((command + " --version").strip().split(" "))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).matches("holdfast \\d+\\.\\d+\\.\\d+.*\\R");
  }

  @Test
  void help_listsCommandsAndExitCodes() {
    assertThat(execute("--help")).isZero();
    String help = out.toString(StandardCharsets.UTF_8);
    assertThat(help).contains("create-table", "list-tables", "delete-table", "locks", "show");
    for (ExitCode code : ExitCode.values()) {
      assertThat(help).containsPattern("(?m)^ +" + code.code() + "  ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create-table | Missing required parameter: 'NAME'",
        "show order-1 --table | Missing required parameter for option '--table'",
        "show order-1 | Missing required option: '--table=NAME', or the environment variable",
        "locks --tabel locks | Unknown option: '--tabel', did you mean --table?",
        "show order-1 --tabel locks | Unknown option: '--tabel', did you mean --table?",
        "show --tabel=locks | Unknown option: '--tabel=locks', did you mean --table?",
        "create-table --no-delete-protection | did you mean --no-deletion-protection?",
        "delete-table --evenifheld | did you mean --even-if-held?",
        "list-tables --output yaml | Invalid value for option '--output'",
        "list-tables --colour | Unknown option: '--colour'",
        "create-table locks --wait soon | Invalid value for option '--wait'",
        "drop-table orders | Unmatched argument",
        "delete-tabel orders | did you mean delete-table",
      })
  void usageError_printsOneLineWithAllowedValues(String arguments, String expected) {
    assertThat(execute(arguments.split(" "))).isEqualTo(ExitCode.USAGE.code());
    assertThat(errorOutput()).startsWith("holdfast: ").contains(expected).contains("--help");
    assertThat(errorOutput().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list-tables --region us-east-1 --endpoint-url localhost:8000 | --endpoint-url must be",
        "list-tables --region us-east-1 --endpoint-url http://[ | --endpoint-url must be",
        "list-tables --region us-east-1 --endpoint-url http://127.0.0.1:99999 | --endpoint-url must",
        "list-tables --region us_east_1 | --region must be the name of a Region",
        "create-table a --region us-east-1 | table",
        "create-table locks --wait 0 --region us-east-1 | wait must be from 1 s to 1 h",
        "create-table locks --tag holdfast --region us-east-1 | KEY=VALUE",
      })
  void invalidValue_isRejectedBeforeRequest(String arguments, String expected) {
    assertThat(execute(arguments.split(" "))).isEqualTo(ExitCode.USAGE.code());
    assertThat(errorOutput()).startsWith("holdfast: ").contains(expected);
  }

  @Test
  void nameWithAtSign_isNotExpandedAsArgumentFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("order-42"), "--help");
    assertThat(execute("create-table", "@" + file, "--region", "us-east-1"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(errorOutput()).contains("got '@" + file + "'");
  }

  @Test
  void missingSubcommand_isUsageError() {
    assertThat(execute()).isEqualTo(ExitCode.USAGE.code());
    assertThat(errorOutput()).contains("Missing required subcommand", "--help");
  }

  @Test
  void documentation_listsEachCommandOptionAndExitCode() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "cli.md"));
    for (CommandLine command : commandLine.getSubcommands().values()) {
      assertThat(page).contains("`" + command.getCommandName());
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(page).contains("`" + option.longestName());
      }
    }
    for (ExitCode code : ExitCode.values()) {
      assertThat(page).contains("| " + code.code() + " |");
    }
  }
}
