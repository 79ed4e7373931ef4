package dev.holdfast.testkit.processes;

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

/** A JVM of its own, with the test's classes, that answers orders. Close it: that kills it. */
public final class Peer implements AutoCloseable {
  private static final int DIES_WITHIN_SECONDS = 60;
  private static final int ANSWERS_WITHIN_MINUTES = 5;

  private final Process process;
  private final Writer in;
  private final BlockingQueue<Optional<String>> out = new LinkedBlockingQueue<>();

  private Peer(Process process) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(() -> readAll(process.inputReader(StandardCharsets.UTF_8)));
    reader.setDaemon(true);
    reader.start();
  }

  /** Reads as soon as anything comes, or the process would wait once the pipe is full. */
  private void readAll(BufferedReader lines) {
    try (lines) {
      lines.lines().map(Optional::of).forEach(out::add);
    } catch (IOException | UncheckedIOException e) {
      // It was closed: that is the end.
    } finally {
      out.add(Optional.empty());
    }
  }

  /** Starts a JVM; does not wait for it. */
  public static Peer start(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      return new Peer(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a JVM: " + command, e);
    }
  }

  /** Gives an order, without waiting for its answer. */
  void order(String line) {
    try {
      in.write(line + "\n");
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a process took no orders: " + line, e);
    }
  }

  /** The next line that it prints. */
  public String answer() {
    return line().orElseThrow(() -> new IllegalStateException("a process ended unasked"));
  }

  private Optional<String> line() {
    try {
      Optional<String> line = out.poll(ANSWERS_WITHIN_MINUTES, TimeUnit.MINUTES);
      if (line == null) {
        throw new IllegalStateException("process " + process.pid() + " does not answer");
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a process is to answer", e);
    }
  }

  String ask(String line) {
    order(line);
    return answer();
  }

  /** All that it prints until it ends. */
  List<String> rest() {
    List<String> rest = new ArrayList<>();
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      rest.add(line.get());
    }
    return rest;
  }

  /** No more orders: a process that obeys them ends. */
  void noMoreOrders() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the input of a process could not be closed", e);
    }
  }

  /** From now on it does nothing, until it is resumed. */
  void stop() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  /** At once, as a crash, also where it is stopped. Returns when it is dead. */
  void kill() {
    signal("KILL");
    awaitDeath();
  }

  private void awaitDeath() {
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(DIES_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " does not die");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String signal) {
    try {
      Process sent =
          new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start();
      if (sent.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("cannot send " + signal + ": the process is gone");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run sh", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitDeath();
  }
}
