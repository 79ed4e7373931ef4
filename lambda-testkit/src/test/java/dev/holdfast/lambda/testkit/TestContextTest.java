package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestContextTest {
  private final ManualTime time = ManualTime.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final TestContext context = TestContext.at(time);

  @Test
  void remainingTime_fallsWithTheClock() {
    time.advance(Duration.ofMillis(1_200));
    assertThat(context.getRemainingTimeInMillis()).isEqualTo(1_800);
  }

  @Test
  void remainingTime_pastTheDeadline_isZero() {
    time.advance(Duration.ofSeconds(4));
    assertThat(context.getRemainingTimeInMillis()).isZero();
  }

  @Test
  void remaining_countsFromNow() {
    time.advance(Duration.ofSeconds(2));
    assertThat(context.remaining(Duration.ofMinutes(1)).getRemainingTimeInMillis())
        .isEqualTo(60_000);
  }

  @Test
  void names_areThoseGiven() {
    TestContext named = context.functionName("ship-order").requestId("r-7");
    assertThat(named.getFunctionName()).isEqualTo("ship-order");
    assertThat(named.getInvokedFunctionArn()).endsWith(":ship-order");
    assertThat(named.getAwsRequestId()).isEqualTo("r-7");
  }

  @Test
  void logger_keepsTheTexts() {
    context.getLogger().log("one");
    context.getLogger().log("two".getBytes(UTF_8));
    assertThat(context.logged()).containsExactly("one", "two");
  }
}
