package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lock.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Execution environment of a function: a JVM in which the AWS runtime interface client runs the
 * handler against a local Runtime API. Thread-safe.
 *
 * <p>It ends as in Lambda. An invocation that exceeds its deadline completes with {@link
 * InvocationResult.TimedOut} immediately, and the process is killed 700 ms later. An execution
 * environment that has ended cannot be restarted; start another one for the next event. Its process
 * ends with this object and with this JVM at the latest.
 */
public final class LocalExecutionEnvironment implements AutoCloseable {
  private static final Duration KILL_DELAY = Duration.ofMillis(700);
  private static final int LOG_TAIL_CHARS = 4_000;

  private final FunctionConfiguration function;
  private final Duration killDelay;
  private final Path folder;
  private final LocalRuntimeApi api;
  private final Process process;
  private final CompletableFuture<Void> termination;
  private final Thread shutdownHook;
  private boolean frozen;
  private boolean killPending;

  /**
   * Creates an execution environment with a given delay between the deadline and the kill, for
   * tests of that period.
   */
  LocalExecutionEnvironment(FunctionConfiguration function, FunctionCode code, Duration killDelay)
      throws IOException {
    this.function = function;
    this.killDelay = killDelay;
    folder = Files.createTempDirectory("holdfast-environment-");
    api = new LocalRuntimeApi(function, TimeSource.system(), this::scheduleKill);
    try {
      process = RuntimeProcess.start(function, code, folder, api.address());
    } catch (IOException | RuntimeException e) {
      api.close();
      delete(folder);
      throw e;
    }
    shutdownHook = new Thread(this::killAndDelete, "kill-environment-" + process.pid());
    Runtime.getRuntime().addShutdownHook(shutdownHook);
    termination = process.onExit().thenAccept(this::onProcessExit);
  }

  /**
   * Starts an execution environment and returns during its initialization.
   *
   * @param function the configuration of the function
   * @param code the classes of the function
   * @return the execution environment; the caller closes it
   * @throws IOException if the process cannot be started
   */
  public static LocalExecutionEnvironment start(FunctionConfiguration function, FunctionCode code)
      throws IOException {
    return new LocalExecutionEnvironment(function, code, KILL_DELAY);
  }

  /**
   * Sends an event with the timeout of the function.
   *
   * @param event the event as JSON text
   * @return the result; it completes in any case, also if the process ends
   */
  public CompletableFuture<InvocationResult> invoke(String event) {
    return invoke(event, function.timeout());
  }

  /**
   * Sends an event. An execution environment processes one event at a time, so that later events
   * wait.
   *
   * @param event the event as JSON text
   * @param timeout the time that the handler has, from the moment at which it receives the event
   * @return the result; it completes in any case, also if the process ends
   */
  public CompletableFuture<InvocationResult> invoke(String event, Duration timeout) {
    return api.invoke(event, timeout);
  }

  /**
   * Returns a future for the end of the initialization.
   *
   * @return a future that completes when the process requests its first event, exceptionally if the
   *     process ends before that
   */
  public CompletableFuture<Void> initialized() {
    return api.initialized();
  }

  /**
   * Returns the process id.
   *
   * @return the process id
   */
  public long pid() {
    return process.pid();
  }

  /**
   * Returns whether the process runs or is frozen.
   *
   * @return false after the process has ended
   */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the process as a crash does. No {@code finally} block and no shutdown hook runs. */
  public void kill() {
    process.destroyForcibly();
  }

  /**
   * Freezes the process at its current instruction, as a paused host does. A deadline that passes
   * during the freeze completes the invocation. The kill follows only after {@link #thaw()},
   * because a paused host pauses its supervisor too.
   */
  public synchronized void freeze() {
    RuntimeProcess.signal(process, "STOP");
    frozen = true;
  }

  /** Resumes a frozen process. A process that is past its deadline is killed shortly afterwards. */
  public synchronized void thaw() {
    RuntimeProcess.signal(process, "CONT");
    frozen = false;
    if (killPending) {
      scheduleKill();
    }
  }

  /**
   * Returns the standard output and standard error of the process.
   *
   * @return the text, or an empty text after {@link #close()}
   */
  public String log() {
    Path logFile = RuntimeProcess.logFile(folder);
    try {
      return Files.exists(logFile) ? Files.readString(logFile, UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + logFile, e);
    }
  }

  /** Kills the process if it still runs, and deletes its output. A second call has no effect. */
  @Override
  public void close() {
    process.destroyForcibly();
    termination.join();
    api.close();
    removeShutdownHook();
    delete(folder);
  }

  private void scheduleKill() {
    CompletableFuture.delayedExecutor(killDelay.toNanos(), TimeUnit.NANOSECONDS)
        .execute(this::killUnlessFrozen);
  }

  private synchronized void killUnlessFrozen() {
    killPending = frozen;
    if (!frozen) {
      process.destroyForcibly();
    }
  }

  private void onProcessExit(Process exitedProcess) {
    String log = log();
    String tail = log.substring(Math.max(0, log.length() - LOG_TAIL_CHARS));
    api.environmentTerminated(new InvocationResult.RuntimeExited(exitedProcess.exitValue(), tail));
  }

  private void killAndDelete() {
    process.destroyForcibly().onExit().join();
    delete(folder);
  }

  private void removeShutdownHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException alreadyExiting) {
      // the JVM shuts down and runs the hook, and the process has ended
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
