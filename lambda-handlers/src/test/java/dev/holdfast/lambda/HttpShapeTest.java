package dev.holdfast.lambda;

import static dev.holdfast.lambda.Api.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.testkit.HttpCall;
import dev.holdfast.lambda.testkit.SampleEvents;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each trigger of HTTP sends and expects. */
class HttpShapeTest {
  private static final HttpCall PAY =
      HttpCall.of("POST", "/orders/17")
          .route("/orders/{id}")
          .header("Idempotency-Key", "key-1")
          .body("{\"amount\":42}")
          .caller("alice");

  private final Bench bench = new Bench();
  private final Api api = new Api(bench, bench.guard().rememberingResults(Bench.DAY, 4_096));

  private HttpRequest sent(String event) throws IOException {
    api.work =
        request ->
            HttpResponse.of(200)
                .text("ok")
                .header("X-A", "1")
                .header("X-A", "2")
                .header("Set-Cookie", "a=1")
                .header("Set-Cookie", "b=2");
    api.requests.clear();
    api.send(event);
    return api.requests.get(0);
  }

  private static void assertIsPay(HttpRequest request) {
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/orders/17");
    assertThat(request.header("IDEMPOTENCY-KEY")).containsExactly("key-1");
    assertThat(request.body()).isEqualTo("{\"amount\":42}");
  }

  @Test
  void restApi_isReadAndAnswered() throws IOException {
    HttpRequest request = sent(SampleEvents.restApi(PAY));
    assertIsPay(request);
    assertThat(request.route()).isEqualTo("/orders/{id}");
    assertThat(request.principal()).hasValue("jwt:https://login.example.com/:alice#3,26,5");
    JsonNode answer = new Api(bench, bench.guard()).send(SampleEvents.restApi(PAY));
    assertThat(answer.toString())
        .isEqualTo(
            "{\"statusCode\":201,\"multiValueHeaders\":{\"content-type\":[\"application/json\"]},"
                + "\"body\":\"{\\\"paid\\\":1}\",\"isBase64Encoded\":false}");
  }

  @Test
  void httpApi_isReadAndAnswered() throws IOException {
    HttpRequest request = sent(SampleEvents.httpApi(PAY));
    assertIsPay(request);
    assertThat(request.route()).isEqualTo("/orders/{id}");
    assertThat(request.principal()).hasValue("jwt:https://login.example.com/:alice#3,26,5");
  }

  @Test
  void httpApi_cookiesAreApart() throws IOException {
    Api cookies = new Api(bench, bench.guard());
    cookies.work =
        request -> HttpResponse.of(204).header("Set-Cookie", "a=1").header("Set-Cookie", "b=2");
    assertThat(cookies.send(SampleEvents.httpApi(PAY)).toString())
        .isEqualTo(
            "{\"statusCode\":204,\"headers\":{},\"cookies\":[\"a=1\",\"b=2\"],\"body\":\"\","
                + "\"isBase64Encoded\":false}");
  }

  @Test
  void httpApi_valuesOfAHeaderAreJoined() throws IOException {
    Api joining = new Api(bench, bench.guard());
    joining.work = request -> HttpResponse.of(204).header("X-A", "1").header("x-a", "2");
    assertThat(joining.send(SampleEvents.httpApi(PAY)).path("headers").toString())
        .isEqualTo("{\"x-a\":\"1, 2\"}");
  }

  @Test
  void functionUrl_hasNoRoutes() throws IOException {
    HttpRequest request = sent(SampleEvents.functionUrl(PAY));
    assertIsPay(request);
    assertThat(request.route()).isEqualTo("/orders/17");
  }

  @Test
  void functionUrl_callerOfIam_isKnown() throws IOException {
    String event =
        SampleEvents.functionUrl(PAY.caller(""))
            .replace(
                "\"requestContext\":{",
                "\"requestContext\":{\"authorizer\":{\"iam\":{\"userArn\":\"arn:aws:iam::1:user/a\"}},");
    assertThat(sent(event).principal()).hasValue("iam:arn:aws:iam::1:user/a#3,21");
  }

  @Test
  void restApi_callerOfACustomAuthorizer_isKnown() throws IOException {
    String event =
        SampleEvents.restApi(PAY.caller(""))
            .replace(
                "\"requestContext\":{",
                "\"requestContext\":{\"authorizer\":{\"principalId\":\"alice\",\"claims\":\"x\"},");
    assertThat(sent(event).principal()).hasValue("principal:alice#9,5");
  }

  @Test
  void loadBalancer_isReadAndAnswered_andKnowsNoCaller() throws IOException {
    Api open = new Api(bench, bench.guard());
    open.work =
        request -> HttpResponse.of(200).header("Set-Cookie", "a=1").header("Set-Cookie", "b");
    JsonNode answer = open.send(SampleEvents.loadBalancer(PAY));
    assertIsPay(open.requests.get(0));
    assertThat(open.requests.get(0).principal()).isEmpty();
    assertThat(answer.toString())
        .isEqualTo(
            "{\"statusCode\":200,\"headers\":{\"set-cookie\":\"b\"},\"body\":\"\","
                + "\"isBase64Encoded\":false}");
  }

  @Test
  void loadBalancer_withMultiValueHeaders_isAnsweredWithSuch() throws IOException {
    String event =
        SampleEvents.loadBalancer(PAY)
            .replaceFirst("\"headers\":\\{[^}]*}", "\"multiValueHeaders\":{\"X-A\":[\"1\",\"2\"]}");
    Api open = new Api(bench, bench.guard());
    JsonNode answer = open.send(event);
    assertThat(open.requests.get(0).header("x-a")).containsExactly("1", "2");
    assertThat(answer.path("multiValueHeaders").path("content-type").path(0).asText())
        .isEqualTo("application/json");
  }

  @Test
  void bodyInBase64_isDecoded() throws IOException {
    String encoded = Base64.getEncoder().encodeToString("{\"amount\":42}".getBytes(UTF_8));
    String event =
        SampleEvents.restApi(PAY.body(encoded))
            .replace("\"isBase64Encoded\":false", "\"isBase64Encoded\":true");
    assertIsPay(sent(event));
    assertThat(status(api.send(SampleEvents.restApi(PAY))))
        .as("it is the same body")
        .isEqualTo(200);
    assertThat(api.requests).hasSize(1);
  }

  @Test
  void queryAndPathParameters_areRead() throws IOException {
    String event =
        SampleEvents.restApi(PAY)
            .replace(
                "\"resource\":",
                "\"multiValueQueryStringParameters\":{\"a\":[\"1\",\"2\"]},\"resource\":");
    HttpRequest request = sent(event);
    assertThat(request.query("a")).containsExactly("1", "2");
    assertThat(request.query("b")).isEmpty();
    assertThat(request.pathParameter("id")).hasValue("17");
    assertThat(request.pathParameter("x")).isEmpty();
    assertThat(request).hasToString("POST /orders/{id}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "7",
        "no json",
        "{\"requestContext\":{}}",
        "{\"httpMethod\":\"GET\"}",
        "{\"httpMethod\":\"GET\",\"requestContext\":{},\"path\":7}",
        "{\"httpMethod\":\"GET\",\"requestContext\":{},\"path\":\"/\",\"headers\":{\"a\":{}}}",
        "{\"httpMethod\":\"GET\",\"requestContext\":{},\"path\":\"/\",\"body\":{}}",
        "{\"httpMethod\":\"GET\",\"requestContext\":{},\"body\":\"%\",\"isBase64Encoded\":true}",
      })
  void whatNoTriggerSends_isRefused(String event) {
    assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> api.send(event));
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void resourceThatTheRequestDoesNotName_isABadRequest() throws IOException {
    Api byBody =
        new Api(bench, bench.guard()) {
          @Override
          protected String resourceId(HttpRequest request) {
            return request.bodyAs(Order.class).id();
          }
        };
    assertThat(status(byBody.send(PAY.body("{\"id\":\"17\"}")))).isEqualTo(201);
    assertThat(status(byBody.send(PAY.body("no json")))).isEqualTo(400);
    assertThat(status(byBody.send(PAY.body("{\"id\":\"\"}")))).isEqualTo(400);
    assertThat(status(byBody.send(PAY.body("{\"id\":\"" + "x".repeat(3_000) + "\"}"))))
        .isEqualTo(400);
  }

  record Order(String id) {}

  @ParameterizedTest
  @ValueSource(ints = {0, 199, 600})
  void status_outOfRange_isRefused(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpResponse.of(status))
        .withMessage("status must be 200 to 599, got " + status);
  }
}
