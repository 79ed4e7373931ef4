package dev.holdfast.lambda.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.testkit.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

class WarningLoggerTest {
  private final Exception failure =
      new IllegalStateException("no\u001b[31m paper", new RuntimeException("jam"));

  private final TestContext context = new GuardFixture().context();
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(err);
  }

  private void warn(Logger slf4j) {
    new WarningLogger(slf4j, context)
        .warn("outcome=failed message={} request={}", "m-1", "r-1", failure);
  }

  @Test
  void warning_withoutAnSlf4jProvider_isWrittenByLambdasLogger() {
    warn(NOPLogger.NOP_LOGGER);
    assertThat(context.logMessages())
        .singleElement()
        .asString()
        .startsWith(
            "outcome=failed message=m-1 request=r-1\n"
                + "java.lang.IllegalStateException: no\\u001b[31m paper\n    at dev.holdfast.")
        .contains("\nCaused by: java.lang.RuntimeException: jam\n");
    assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void warning_withAnSlf4jProvider_isWrittenOnce() {
    warn(LoggerFactory.getLogger(WarningLoggerTest.class));
    assertThat(written.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("outcome=failed message=m-1 request=r-1")
        .contains("java.lang.IllegalStateException");
    assertThat(context.logMessages()).isEmpty();
  }
}
