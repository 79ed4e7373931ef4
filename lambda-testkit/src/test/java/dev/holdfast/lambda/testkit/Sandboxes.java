package dev.holdfast.lambda.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The sandboxes of one test, closed after it. */
final class Sandboxes implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<Sandbox> started = new ArrayList<>();

  /** A first invocation on a busy machine takes longer than Lambda's 3 s. */
  static FunctionConfiguration patient(String handler) {
    return FunctionConfiguration.of(handler).timeout(LONG);
  }

  Sandbox start(String handler) throws IOException {
    return start(patient(handler));
  }

  Sandbox start(FunctionConfiguration function) throws IOException {
    return start(function, FunctionCode.ofThisJvm());
  }

  Sandbox start(FunctionConfiguration function, FunctionCode code) throws IOException {
    return closedAfterwards(Sandbox.start(function, code));
  }

  Sandbox startKilledLate(String handler, Duration killDelay) throws IOException {
    return closedAfterwards(new Sandbox(patient(handler), FunctionCode.ofThisJvm(), killDelay));
  }

  private Sandbox closedAfterwards(Sandbox sandbox) {
    started.add(sandbox);
    return sandbox;
  }

  @Override
  public void close() {
    started.forEach(Sandbox::close);
  }
}
