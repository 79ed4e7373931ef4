package dev.holdfast.lambda;

import static dev.holdfast.lambda.fixtures.HttpOrderHandler.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.ParsedJson;
import dev.holdfast.lambda.internal.keys.IdPointer;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.KeySettings;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpResponse;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SampleHttpRequest;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests ids of HTTP requests that are read with the pointers of the environment. */
class HttpIdPointerTest {
  private static final SampleHttpRequest PAYMENT =
      SampleHttpRequest.of("POST", "/orders/17")
          .route("/orders/{id}")
          .body("{\"orderId\":\"17\",\"key\":\"k\"}")
          .caller("alice");

  private final GuardFixture fixture = new GuardFixture();

  private final class IdPointerHandler extends LockedHttpHandler {
    IdPointerHandler(Guard guard) {
      super(guard);
    }

    @Override
    protected HttpResponse handle(HttpRequest request, Lease lease, Context context) {
      fixture.process(lease.name());
      return HttpResponse.of(201);
    }
  }

  private static Guard withPointers(Guard guard, String resource, Optional<String> event) {
    IdPointers pointers =
        new IdPointers(
            Optional.of(new IdPointer("HOLDFAST_RESOURCE_ID", resource)),
            event.map(text -> new IdPointer("HOLDFAST_EVENT_ID", text)));
    return guard.with(guard.config().with(KeySettings.DEFAULT.withIdPointers(pointers)));
  }

  private JsonNode send(Guard guard, String event) throws IOException {
    String response =
        InProcessInvoker.of(new IdPointerHandler(guard)).invoke(event, fixture.context());
    return ParsedJson.of(response.getBytes(UTF_8));
  }

  @Test
  void resourcePointer_intoBodyOrPath_findsTheId() throws IOException {
    send(
        withPointers(fixture.guard(), "/body/orderId", Optional.empty()),
        SampleEvents.restApi(PAYMENT));
    send(
        withPointers(fixture.guard(), "/pathParameters/id", Optional.empty()),
        SampleEvents.httpApi(PAYMENT));
    assertThat(fixture.processed).containsExactly("17", "17");
  }

  @Test
  void resourcePointer_intoBase64Body_findsTheId() throws IOException {
    String base64 = Base64.getEncoder().encodeToString(PAYMENT.body().getBytes(UTF_8));
    String event =
        SampleEvents.restApi(PAYMENT.body(base64))
            .replace("\"isBase64Encoded\":false", "\"isBase64Encoded\":true");
    send(withPointers(fixture.guard(), "/body/orderId", Optional.empty()), event);
    assertThat(fixture.processed).containsExactly("17");
  }

  @Test
  void eventIdPointer_intoBody_deduplicatesByIt() throws IOException {
    Guard guard =
        withPointers(fixture.deduplicatingGuard(), "/body/orderId", Optional.of("/body/key"));
    assertThat(status(send(guard, SampleEvents.restApi(PAYMENT)))).isEqualTo(201);
    assertThat(status(send(guard, SampleEvents.restApi(PAYMENT)))).isEqualTo(409);
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void resourcePointer_findsNothing_isABadRequestThatNamesThePointer() throws IOException {
    Guard guard = withPointers(fixture.guard(), "/body/orderId", Optional.empty());
    JsonNode response = send(guard, SampleEvents.restApi(PAYMENT.body("{}")));
    assertThat(status(response)).isEqualTo(400);
    assertThat(response.path("body").asText()).contains("/body/orderId is missing");
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void noResourceId_runsNothing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> send(fixture.guard(), SampleEvents.restApi(PAYMENT)))
        .withMessageContaining("override resourceId");
    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.counts().puts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/body/key", "/headers/x-key", "/queryStringParameters/key"})
  void eventIdPointer_findsNothing_isNoKey(String pointer) throws IOException {
    Guard guard = withPointers(fixture.deduplicatingGuard(), "/path", Optional.of(pointer));
    for (String method : List.of("GET", "HEAD", "OPTIONS")) {
      SampleHttpRequest request = SampleHttpRequest.of(method, "/orders/17").caller("alice");
      assertThat(status(send(guard, SampleEvents.restApi(request)))).as(method).isEqualTo(201);
    }
    SampleHttpRequest post = SampleHttpRequest.of("POST", "/orders/17").caller("alice");
    JsonNode response = send(guard, SampleEvents.restApi(post));
    assertThat(status(response)).isEqualTo(400);
    assertThat(response.path("body").asText()).contains(pointer).contains("is missing");
    assertThat(fixture.processed).hasSize(3);
  }

  @Test
  void eventIdPointer_findsAKeyInARequestThatNeedsNone_deduplicatesByIt() throws IOException {
    Guard guard =
        withPointers(
            fixture.deduplicatingGuard(), "/path", Optional.of("/queryStringParameters/key"));
    SampleHttpRequest get =
        SampleHttpRequest.of("GET", "/orders/17").query("key", "k").caller("alice");
    assertThat(status(send(guard, SampleEvents.restApi(get)))).isEqualTo(201);
    assertThat(status(send(guard, SampleEvents.restApi(get)))).isEqualTo(409);
    assertThat(fixture.processed).hasSize(1);
  }
}
