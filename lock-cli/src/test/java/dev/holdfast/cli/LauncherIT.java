package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs a copy of the script {@code holdfast} beside the compiled command line. Its Maven and its
 * deploy test only write a file.
 */
class LauncherIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final List<String> COMMANDS =
      List.of(
          "demo",
          "create-table",
          "list-tables",
          "delete-table",
          "locks",
          "show",
          "bench",
          "deploy-test");

  @TempDir private Path home;
  private CliProcess process;

  @BeforeEach
  void prepareHome() throws IOException {
    Files.copy(Path.of("..", "holdfast"), home.resolve("holdfast"));
    Path pom = Files.copy(Path.of("..", "pom.xml"), home.resolve("pom.xml"));
    Files.setLastModifiedTime(pom, FileTime.from(Instant.EPOCH));
    Path target = Files.createDirectories(home.resolve("lock-cli/target"));
    Files.writeString(
        target.resolve("classpath.txt"),
        TARGET.resolve("classes") + ":" + Files.readString(TARGET.resolve("classpath.txt")));
    Path stamp = Files.createFile(target.resolve("holdfast.stamp"));
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.EPOCH.plusSeconds(60)));
    writeScript("infra-cdk/deploytest/check", "touch \"$(dirname \"$0\")/../../deployed\"");
    Path mvn = writeScript("bin/mvn", "echo '[ERROR] compilation failed'; exit 1");
    process =
        new CliProcess(
            Map.of(
                "PATH",
                mvn.getParent() + ":" + System.getenv("PATH"),
                "JAVA_HOME",
                System.getProperty("java.home")),
            "");
  }

  private Path writeScript(String name, String line) throws IOException {
    Path script = home.resolve(name);
    Files.createDirectories(script.getParent());
    Files.writeString(script, "#!/bin/sh\n" + line + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private Result launch(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", home.resolve("holdfast").toString()));
    command.addAll(List.of(args));
    return process.execute(command);
  }

  private boolean isDeployed() {
    return Files.exists(home.resolve("deployed"));
  }

  @Test
  void unknownCommand_isUsageError() throws Exception {
    Result result = launch("foo");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(COMMANDS).endsWith("got: foo");
  }

  @Test
  void missingCommand_isUsageError() throws Exception {
    Result result = launch();
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(COMMANDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void help_listsCommands(String option) throws Exception {
    Result result = launch(option);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains(COMMANDS);
  }

  @Test
  void version_isTheSameForAllCommands() throws Exception {
    String version = launch("--version").out();
    assertThat(version).matches("holdfast \\d+\\.\\d+\\.\\d+.*");
    assertThat(launch("-V").out()).isEqualTo(version);
    for (String command : COMMANDS) {
      Result result = launch(command, "--version");
      assertThat(result.exitCode()).as(command + ": " + result.err()).isZero();
      assertThat(result.out()).isEqualTo(version);
    }
    assertThat(isDeployed()).isFalse();
  }

  @Test
  void deployTest_deploys_onlyWithoutOptions() throws Exception {
    for (String option : new String[] {"--help", "-h"}) {
      Result help = launch("deploy-test", option);
      assertThat(help.exitCode()).isZero();
      assertThat(help.out()).startsWith("usage: holdfast deploy-test");
    }
    Result unknown = launch("deploy-test", "--halp");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(unknown.err()).contains("Unknown option: '--halp'", "--help");
    assertThat(isDeployed()).isFalse();

    assertThat(launch("deploy-test").exitCode()).isZero();
    assertThat(isDeployed()).isTrue();
  }

  @Test
  void arguments_areForwarded_withTheExitCode() throws Exception {
    Result result = launch("locks", "--tabel", "my locks");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err()).contains("Unknown option: '--tabel', did you mean --table?");
    Result invalid = launch("locks", "--table", "my locks");
    assertThat(invalid.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(invalid.err()).contains("got 'my locks'");
  }

  @Test
  void failedBuild_isReported() throws Exception {
    Files.createDirectories(home.resolve("lock-cli/src/main"));
    Files.createFile(home.resolve("lock-cli/src/main/New.java"));
    Result result = launch("locks", "--help");
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED.code());
    assertThat(result.err()).contains("compilation failed", "the build failed; see ");
  }
}
