package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.HttpOrderHandler;
import dev.holdfast.lambda.fixtures.OrderHandlers.StubHandler;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpResponse;
import dev.holdfast.lambda.testkit.SampleHttpRequest;
import dev.holdfast.lock.AlreadyCompletedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a null of code without null checks is named. */
@SuppressWarnings("NullAway")
class NullResultTest {
  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.guard().storingResults(GuardFixture.DAY, 1_000);

  /** Handler with one method that returns null. */
  private final class NullHandler extends StubHandler<String, String> {
    private final String method;

    NullHandler(String method) {
      super(guard);
      this.method = method;
      withWork(event -> "done");
    }

    @Override
    protected Optional<String> eventId(String event) {
      return method.equals("eventId") ? null : Optional.of(event);
    }

    @Override
    protected Optional<Object> payload(String event) {
      return method.equals("payload") ? null : Optional.of(event);
    }

    @Override
    protected Optional<String> onDuplicate(String event, AlreadyCompletedException duplicate) {
      return method.equals("onDuplicate") ? null : Optional.of("again");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"eventId", "payload", "onDuplicate"})
  void methodOfAHandler_isNamed(String method) throws IOException {
    new NullHandler("none").invoke("\"e-1\"", fixture.context());
    assertThatNullPointerException()
        .isThrownBy(() -> new NullHandler(method).invoke("\"e-1\"", fixture.context()))
        .withMessageContaining(method + " must return an Optional, got null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eventId", "payload", "principal"})
  void methodOfAnHttpHandler_isNamed(String method) {
    HttpOrderHandler api =
        new HttpOrderHandler(fixture, guard) {
          @Override
          protected Optional<String> eventId(HttpRequest request) {
            return method.equals("eventId") ? null : Optional.of("k");
          }

          @Override
          protected Optional<Object> payload(HttpRequest request) {
            return method.equals("payload") ? null : Optional.empty();
          }

          @Override
          protected Optional<String> principal(HttpRequest request) {
            return method.equals("principal") ? null : Optional.of("alice");
          }
        };
    assertThatNullPointerException()
        .isThrownBy(() -> api.send(SampleHttpRequest.of("POST", "/orders/17")))
        .withMessageContaining(method + " must return an Optional, got null");
  }

  @Test
  void partsOfAnId_areNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> Ids.of("order", (Object[]) null))
        .withMessageContaining("parts of an id must be an array, got null");
  }

  @Test
  void partOfAResponse_isNamed() {
    HttpResponse response = HttpResponse.of(200);
    assertThatNullPointerException().isThrownBy(() -> response.text(null)).withMessage("text");
    assertThatNullPointerException().isThrownBy(() -> response.bytes(null)).withMessage("bytes");
    assertThatNullPointerException()
        .isThrownBy(() -> HttpResponse.json(200, null))
        .withMessage("json");
    assertThatNullPointerException()
        .isThrownBy(() -> response.header("x", null))
        .withMessage("value of header x");
    assertThatNullPointerException()
        .isThrownBy(() -> response.header(null, "x"))
        .withMessage("name of a header");
    assertThatNullPointerException()
        .isThrownBy(() -> new HttpResponse(200, null, "", HttpResponse.Encoding.TEXT, true))
        .withMessage("headers");
    assertThatNullPointerException()
        .isThrownBy(() -> new HttpResponse(200, Map.of(), null, HttpResponse.Encoding.TEXT, true))
        .withMessage("body");
    assertThatNullPointerException()
        .isThrownBy(() -> new HttpResponse(200, Map.of("x", List.of()), "", null, true))
        .withMessage("encoding");
  }
}
