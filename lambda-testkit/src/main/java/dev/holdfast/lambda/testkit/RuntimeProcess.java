package dev.holdfast.lambda.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts and signals the JVM process of one execution environment. */
final class RuntimeProcess {
  /** First JDK that prints a warning when the runtime client loads its native library. */
  private static final int FIRST_JDK_WITH_NATIVE_ACCESS_WARNING = 24;

  private RuntimeProcess() {}

  /**
   * Starts the runtime client in a new JVM.
   *
   * @param folder a folder of this execution environment that exists longer than the process
   */
  static Process start(
      FunctionConfiguration function, FunctionCode code, Path folder, String runtimeApi)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(function, code, folder));
    builder.environment().clear();
    builder.environment().putAll(function.processEnvironment());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    Path taskRoot = taskRoot(code, folder);
    builder.environment().put("LAMBDA_TASK_ROOT", taskRoot.toString());
    builder.directory(taskRoot.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(logFile(folder).toFile());
    return builder.start();
  }

  static Path logFile(Path folder) {
    return folder.resolve("output.log");
  }

  /** Sends a signal for which Java has no method. */
  static void signal(Process process, String signal) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
              .redirectErrorStream(true)
              .start();
      if (kill.onExit().join().exitValue() != 0) {
        throw new IllegalStateException(
            "cannot send " + signal + " to process " + process.pid() + "; it has probably ended");
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot run kill", e);
    }
  }

  private static List<String> command(
      FunctionConfiguration function, FunctionCode code, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + function.memoryMb() + "m");
    if (Runtime.version().feature() >= FIRST_JDK_WITH_NATIVE_ACCESS_WARNING) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(function.jvmFlags());
    command.add(RuntimeClient.nativeLibraryFlag(folder));
    command.add("-cp");
    command.add(classPath(code));
    command.add(RuntimeClient.MAIN_CLASS);
    command.add(function.handler());
    return command;
  }

  private static String classPath(FunctionCode code) {
    List<Path> entries =
        code instanceof FunctionCode.ClassPath classPath ? classPath.entries() : List.of();
    return Stream.concat(entries.stream(), RuntimeClient.classPath().stream())
        .map(path -> path.toAbsolutePath().toString())
        .collect(Collectors.joining(":"));
  }

  /** Returns the folder from which the runtime client loads classes and lib/*.jar. */
  private static Path taskRoot(FunctionCode code, Path folder) {
    return code instanceof FunctionCode.DeploymentPackage deploymentPackage
        ? deploymentPackage.root().toAbsolutePath()
        : folder;
  }
}
