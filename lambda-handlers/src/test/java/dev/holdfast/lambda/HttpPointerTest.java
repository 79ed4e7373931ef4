package dev.holdfast.lambda;

import static dev.holdfast.lambda.Api.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.testkit.HttpCall;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests whose ids come from the environment. */
class HttpPointerTest {
  private static final HttpCall PAY =
      HttpCall.of("POST", "/orders/17")
          .route("/orders/{id}")
          .body("{\"orderId\":\"17\",\"key\":\"k\"}")
          .caller("alice");

  private final Bench bench = new Bench();

  private final class Pointed extends LockedHttpHandler {
    Pointed(Guard guard) {
      super(guard);
    }

    @Override
    protected HttpResponse handle(HttpRequest request, Lease lease, Context context) {
      bench.work(lease.name());
      return HttpResponse.of(201);
    }
  }

  private static Guard pointing(Guard guard, String resource, Optional<String> event) {
    Pointers pointers =
        new Pointers(
            Optional.of(new EventPointer("HOLDFAST_RESOURCE_ID", resource)),
            event.map(text -> new EventPointer("HOLDFAST_EVENT_ID", text)));
    return guard.with(guard.settings().with(Naming.DEFAULT.withPointers(pointers)));
  }

  private JsonNode send(Guard guard, String event) throws IOException {
    String answer = InProcess.of(new Pointed(guard)).invoke(event, bench.context());
    return JsonTree.read(answer.getBytes(UTF_8), "an answer");
  }

  @Test
  void resource_isFoundInBodyOrPath() throws IOException {
    send(pointing(bench.guard(), "/body/orderId", Optional.empty()), SampleEvents.restApi(PAY));
    send(
        pointing(bench.guard(), "/pathParameters/id", Optional.empty()), SampleEvents.httpApi(PAY));
    assertThat(bench.done).containsExactly("17", "17");
  }

  @Test
  void resource_isFoundInABodyOfBase64() throws IOException {
    String base64 = Base64.getEncoder().encodeToString(PAY.body().getBytes(UTF_8));
    String event =
        SampleEvents.restApi(PAY.body(base64))
            .replace("\"isBase64Encoded\":false", "\"isBase64Encoded\":true");
    send(pointing(bench.guard(), "/body/orderId", Optional.empty()), event);
    assertThat(bench.done).containsExactly("17");
  }

  @Test
  void key_isFoundInTheBody() throws IOException {
    Guard guard = pointing(bench.remembering(), "/body/orderId", Optional.of("/body/key"));
    assertThat(status(send(guard, SampleEvents.restApi(PAY)))).isEqualTo(201);
    assertThat(status(send(guard, SampleEvents.restApi(PAY)))).isEqualTo(409);
    assertThat(bench.done).hasSize(1);
  }

  @Test
  void idThatIsNotThere_isABadRequestThatNamesThePointer() throws IOException {
    Guard guard = pointing(bench.guard(), "/body/orderId", Optional.empty());
    JsonNode answer = send(guard, SampleEvents.restApi(PAY.body("{}")));
    assertThat(status(answer)).isEqualTo(400);
    assertThat(answer.path("body").asText()).contains("/body/orderId is not there");
    assertThat(bench.done).isEmpty();
  }

  @Test
  void constructor_nothingGiven_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new Pointed(bench.guard()))
        .withMessageContaining("override resourceId");
  }
}
