package dev.holdfast.lambda.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Execution environments of one test, closed after the test. */
final class TestEnvironments implements AutoCloseable {
  private static final Duration LONG_TIMEOUT = Duration.ofMinutes(1);

  private final List<LocalExecutionEnvironment> started = new ArrayList<>();

  /**
   * Returns a configuration with a long timeout, because a first invocation on a busy machine can
   * take longer than 3 s.
   */
  static FunctionConfiguration withLongTimeout(String handler) {
    return FunctionConfiguration.of(handler).timeout(LONG_TIMEOUT);
  }

  LocalExecutionEnvironment start(String handler) throws IOException {
    return start(withLongTimeout(handler));
  }

  LocalExecutionEnvironment start(FunctionConfiguration function) throws IOException {
    return start(function, FunctionCode.currentClassPath());
  }

  LocalExecutionEnvironment start(FunctionConfiguration function, FunctionCode code)
      throws IOException {
    return register(LocalExecutionEnvironment.start(function, code));
  }

  LocalExecutionEnvironment startWithKillDelay(String handler, Duration killDelay)
      throws IOException {
    return register(
        new LocalExecutionEnvironment(
            withLongTimeout(handler), FunctionCode.currentClassPath(), killDelay));
  }

  private LocalExecutionEnvironment register(LocalExecutionEnvironment environment) {
    started.add(environment);
    return environment;
  }

  @Override
  public void close() {
    started.forEach(LocalExecutionEnvironment::close);
  }
}
