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
 * One execution environment of a function: a JVM of its own in which AWS's runtime interface client
 * runs the handler, against a local Runtime API. Thread-safe.
 *
 * <p>It ends as Lambda's do: an invocation that passes its deadline is answered {@link
 * InvocationResult.TimedOut} at once and its process is killed 700 ms later. A sandbox that has
 * ended stays so; start another one for the next event. Its process does not outlive this object,
 * nor this JVM.
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

  /** With another time between a deadline and the kill, for tests of what happens in between. */
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
   * Starts a sandbox and returns while it still initializes.
   *
   * @param function how the function is configured
   * @param code where its classes are
   * @return the sandbox, to be closed by the caller
   * @throws IOException where its process cannot be started
   */
  public static LocalExecutionEnvironment start(FunctionConfiguration function, FunctionCode code)
      throws IOException {
    return new LocalExecutionEnvironment(function, code, KILL_DELAY);
  }

  /**
   * Sends an event, with the function's time-out.
   *
   * @param event JSON text
   * @return how the invocation ends; completed in any case, also where the sandbox dies
   */
  public CompletableFuture<InvocationResult> invoke(String event) {
    return invoke(event, function.timeout());
  }

  /**
   * Sends an event. Events wait for each other, as a sandbox works on one at a time.
   *
   * @param event JSON text
   * @param timeout the time that the handler has, from when the sandbox takes the event
   * @return how the invocation ends; completed in any case, also where the sandbox dies
   */
  public CompletableFuture<InvocationResult> invoke(String event, Duration timeout) {
    return api.invoke(event, timeout);
  }

  /**
   * The end of the initialization.
   *
   * @return completed when the sandbox asks for its first event, exceptionally where it ends before
   */
  public CompletableFuture<Void> initialized() {
    return api.initialized();
  }

  /**
   * The process.
   *
   * @return its id
   */
  public long pid() {
    return process.pid();
  }

  /**
   * Whether the process runs, be it frozen or not.
   *
   * @return false once it has ended
   */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the process as a crash does: no finally block, no shutdown hook, no last word. */
  public void kill() {
    process.destroyForcibly();
  }

  /**
   * Stops the process in the middle of whatever it does, as a host that pauses. A deadline that
   * passes meanwhile is answered, but kills only after {@link #thaw()}: whoever kills is paused
   * together with the sandbox.
   */
  public synchronized void freeze() {
    RuntimeProcess.signal(process, "STOP");
    frozen = true;
  }

  /** Lets a frozen process go on; one that is past its deadline is killed a little later. */
  public synchronized void thaw() {
    RuntimeProcess.signal(process, "CONT");
    frozen = false;
    if (killPending) {
      scheduleKill();
    }
  }

  /**
   * What the process has written to its standard output and error until now.
   *
   * @return the text, or an empty one after {@link #close()}
   */
  public String log() {
    Path logFile = RuntimeProcess.logFile(folder);
    try {
      return Files.exists(logFile) ? Files.readString(logFile, UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + logFile, e);
    }
  }

  /** Kills the process where it still runs, and forgets what it wrote. Harmless when repeated. */
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
      // the hook runs now, and the process is gone in either case
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
