package dev.holdfast.verification.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A separate JVM with the classes of the tests, which replies to commands. {@link #close()} kills
 * it.
 */
public final class JvmProcess implements AutoCloseable {
  private static final int EXIT_TIMEOUT_SECONDS = 60;
  private static final int REPLY_TIMEOUT_MINUTES = 5;

  private final Process process;
  private final Writer stdin;
  private final BlockingQueue<Optional<String>> outputLines = new LinkedBlockingQueue<>();

  private JvmProcess(Process process) {
    this.process = process;
    this.stdin = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(() -> readAll(process.inputReader(StandardCharsets.UTF_8)));
    reader.setDaemon(true);
    reader.start();
  }

  /** Reads each line immediately; otherwise the process would block on a full pipe. */
  private void readAll(BufferedReader lines) {
    try (lines) {
      lines.lines().map(Optional::of).forEach(outputLines::add);
    } catch (IOException | UncheckedIOException e) {
      // The stream was closed, which ends the output.
    } finally {
      outputLines.add(Optional.empty());
    }
  }

  /** Starts a JVM and returns at once. */
  public static JvmProcess start(Class<?> mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      return new JvmProcess(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a JVM: " + command, e);
    }
  }

  /** Sends a command and does not wait for the reply. */
  void sendCommand(String command) {
    try {
      stdin.write(command + "\n");
      stdin.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("process does not accept commands: " + command, e);
    }
  }

  /** Returns the next line of the output. */
  public String readReply() {
    return nextLine().orElseThrow(() -> new IllegalStateException("process exited unexpectedly"));
  }

  private Optional<String> nextLine() {
    try {
      Optional<String> line = outputLines.poll(REPLY_TIMEOUT_MINUTES, TimeUnit.MINUTES);
      if (line == null) {
        throw new IllegalStateException("process " + process.pid() + " does not answer");
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a process is to answer", e);
    }
  }

  String execute(String command) {
    sendCommand(command);
    return readReply();
  }

  /** Returns the output up to the exit of the process. */
  List<String> remainingLines() {
    List<String> remaining = new ArrayList<>();
    for (Optional<String> line = nextLine(); line.isPresent(); line = nextLine()) {
      remaining.add(line.get());
    }
    return remaining;
  }

  /** Closes the input. A process that reads commands then exits. */
  void closeStdin() {
    try {
      stdin.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the input of a process could not be closed", e);
    }
  }

  /** Stops the process until it is resumed. */
  void stop() {
    sendSignal("STOP");
  }

  void resume() {
    sendSignal("CONT");
  }

  /**
   * Kills the process immediately, as a crash does, also while it is stopped. Returns after its
   * exit.
   */
  void kill() {
    sendSignal("KILL");
    awaitExit();
  }

  private void awaitExit() {
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(EXIT_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " does not die");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendSignal(String signal) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start();
      if (kill.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("cannot send " + signal + ": the process is gone");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run sh", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
  }
}
