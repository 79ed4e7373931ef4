package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.fixtures.TriggerSample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Null as the context of an invocation: the message names it, and no work runs. */
@SuppressWarnings("NullAway") // the tests pass what callers without a null check may pass
class NullContextTest {
  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.guard();

  @AfterEach
  void nothingWasSent() {
    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.counts().puts()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void handler_namesTheContext(TriggerSample sample) {
    RequestStreamHandler handler = sample.handlerType().create(fixture, guard);
    ByteArrayInputStream event = new ByteArrayInputStream(sample.event().getBytes(UTF_8));
    assertThatNullPointerException()
        .isThrownBy(() -> handler.handleRequest(event, new ByteArrayOutputStream(), null))
        .withMessage("context");
  }

  @Test
  void call_namesTheContext() {
    assertThatNullPointerException()
        .isThrownBy(() -> guard.call("order-17", null, lease -> fixture.process("never")))
        .withMessage("context");
  }

  @Test
  void callWithIds_namesTheContext() {
    Ids<String> ids = Ids.ofEvent(event -> event);
    assertThatNullPointerException()
        .isThrownBy(
            () ->
                fixture
                    .deduplicatingGuard()
                    .call(ids, "e-1", null, lease -> fixture.process("never")))
        .withMessage("context");
  }

  @Test
  void processBatch_namesTheContext() {
    assertThatNullPointerException()
        .isThrownBy(
            () ->
                guard.processBatch(
                    SqsBatchFixture.event(SqsBatchFixture.message(1, "order-17")),
                    null,
                    message -> message.getBody(),
                    (message, lease) -> fixture.process("never")))
        .withMessage("context");
  }

  @Test
  void guardWithoutAClient_namesIt() {
    assertThatNullPointerException().isThrownBy(() -> Guard.on(null)).withMessage("lockClient");
  }
}
