package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestContextTest {
  private final ManualClock time = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final TestContext context = TestContext.at(time);

  @Test
  void getRemainingTimeInMillis_timePasses_decreases() {
    time.advance(Duration.ofMillis(1_200));
    assertThat(context.getRemainingTimeInMillis()).isEqualTo(1_800);
  }

  @Test
  void getRemainingTimeInMillis_pastDeadline_isZero() {
    time.advance(Duration.ofSeconds(4));
    assertThat(context.getRemainingTimeInMillis()).isZero();
  }

  @Test
  void remainingTime_isMeasuredFromNow() {
    time.advance(Duration.ofSeconds(2));
    assertThat(context.remainingTime(Duration.ofMinutes(1)).getRemainingTimeInMillis())
        .isEqualTo(60_000);
  }

  @Test
  void functionNameAndRequestId_areReturned() {
    TestContext named = context.functionName("ship-order").requestId("r-7");
    assertThat(named.getFunctionName()).isEqualTo("ship-order");
    assertThat(named.getInvokedFunctionArn()).endsWith(":ship-order");
    assertThat(named.getAwsRequestId()).isEqualTo("r-7");
  }

  @Test
  void getLogger_loggedMessages_areKept() {
    context.getLogger().log("one");
    context.getLogger().log("two".getBytes(UTF_8));
    assertThat(context.logMessages()).containsExactly("one", "two");
  }
}
