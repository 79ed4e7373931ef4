package dev.holdfast.lambda.internal.http;

import static dev.holdfast.lambda.fixtures.HttpOrderHandler.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.HttpOrderHandler;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpResponse;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SampleHttpRequest;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the events and responses of each HTTP trigger. */
class HttpEventFormatTest {
  private static final SampleHttpRequest PAYMENT =
      SampleHttpRequest.of("POST", "/orders/17")
          .route("/orders/{id}")
          .header("Idempotency-Key", "key-1")
          .body("{\"amount\":42}")
          .caller("alice");

  private final GuardFixture fixture = new GuardFixture();
  private final HttpOrderHandler api =
      new HttpOrderHandler(fixture, fixture.guard().storingResults(GuardFixture.DAY, 4_096));

  private HttpRequest requestFor(String event) throws IOException {
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

  private static void assertIsPayment(HttpRequest request) {
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/orders/17");
    assertThat(request.header("IDEMPOTENCY-KEY")).containsExactly("key-1");
    assertThat(request.body()).isEqualTo("{\"amount\":42}");
  }

  @Test
  void restApi_requestAndResponse_haveItsFormat() throws IOException {
    HttpRequest request = requestFor(SampleEvents.restApi(PAYMENT));
    assertIsPayment(request);
    assertThat(request.route()).isEqualTo("/orders/{id}");
    assertThat(request.principal()).hasValue("jwt:https://login.example.com/:alice#3,26,5");
    JsonNode response =
        new HttpOrderHandler(fixture, fixture.guard()).send(SampleEvents.restApi(PAYMENT));
    assertThat(response.toString())
        .isEqualTo(
            "{\"statusCode\":201,\"multiValueHeaders\":{\"content-type\":[\"application/json\"]},"
                + "\"body\":\"{\\\"paid\\\":1}\",\"isBase64Encoded\":false}");
  }

  @Test
  void httpApi_request_hasItsFormat() throws IOException {
    HttpRequest request = requestFor(SampleEvents.httpApi(PAYMENT));
    assertIsPayment(request);
    assertThat(request.route()).isEqualTo("/orders/{id}");
    assertThat(request.principal()).hasValue("jwt:https://login.example.com/:alice#3,26,5");
  }

  @Test
  void httpApi_cookies_areInTheirOwnList() throws IOException {
    HttpOrderHandler handler = new HttpOrderHandler(fixture, fixture.guard());
    handler.work =
        request -> HttpResponse.of(204).header("Set-Cookie", "a=1").header("Set-Cookie", "b=2");
    assertThat(handler.send(SampleEvents.httpApi(PAYMENT)).toString())
        .isEqualTo(
            "{\"statusCode\":204,\"headers\":{},\"cookies\":[\"a=1\",\"b=2\"],\"body\":\"\","
                + "\"isBase64Encoded\":false}");
  }

  @Test
  void httpApi_headerValues_areJoined() throws IOException {
    HttpOrderHandler handler = new HttpOrderHandler(fixture, fixture.guard());
    handler.work = request -> HttpResponse.of(204).header("X-A", "1").header("x-a", "2");
    assertThat(handler.send(SampleEvents.httpApi(PAYMENT)).path("headers").toString())
        .isEqualTo("{\"x-a\":\"1, 2\"}");
  }

  @Test
  void functionUrl_route_isThePath() throws IOException {
    HttpRequest request = requestFor(SampleEvents.functionUrl(PAYMENT));
    assertIsPayment(request);
    assertThat(request.route()).isEqualTo("/orders/17");
  }

  @Test
  void functionUrl_iamCaller_isThePrincipal() throws IOException {
    String event =
        SampleEvents.functionUrl(PAYMENT.caller(""))
            .replace(
                "\"requestContext\":{",
                "\"requestContext\":{\"authorizer\":{\"iam\":{\"userArn\":\"arn:aws:iam::1:user/a\"}},");
    assertThat(requestFor(event).principal()).hasValue("iam:arn:aws:iam::1:user/a#3,21");
  }

  @Test
  void restApi_customAuthorizerCaller_isThePrincipal() throws IOException {
    String event =
        SampleEvents.restApi(PAYMENT.caller(""))
            .replace(
                "\"requestContext\":{",
                "\"requestContext\":{\"authorizer\":{\"principalId\":\"alice\",\"claims\":\"x\"},");
    assertThat(requestFor(event).principal()).hasValue("principal:alice#9,5");
  }

  @Test
  void loadBalancer_requestAndResponse_haveItsFormat_withoutPrincipal() throws IOException {
    HttpOrderHandler handler = new HttpOrderHandler(fixture, fixture.guard());
    handler.work =
        request -> HttpResponse.of(200).header("Set-Cookie", "a=1").header("Set-Cookie", "b");
    JsonNode response = handler.send(SampleEvents.loadBalancer(PAYMENT));
    assertIsPayment(handler.requests.get(0));
    assertThat(handler.requests.get(0).principal()).isEmpty();
    assertThat(response.toString())
        .isEqualTo(
            "{\"statusCode\":200,\"headers\":{\"set-cookie\":\"b\"},\"body\":\"\","
                + "\"isBase64Encoded\":false}");
  }

  @Test
  void loadBalancer_multiValueHeaders_areUsedInTheResponse() throws IOException {
    String event =
        SampleEvents.loadBalancer(PAYMENT)
            .replaceFirst("\"headers\":\\{[^}]*}", "\"multiValueHeaders\":{\"X-A\":[\"1\",\"2\"]}");
    HttpOrderHandler handler = new HttpOrderHandler(fixture, fixture.guard());
    JsonNode response = handler.send(event);
    assertThat(handler.requests.get(0).header("x-a")).containsExactly("1", "2");
    assertThat(response.path("multiValueHeaders").path("content-type").path(0).asText())
        .isEqualTo("application/json");
  }

  @Test
  void body_inBase64_isDecoded() throws IOException {
    String encoded = Base64.getEncoder().encodeToString("{\"amount\":42}".getBytes(UTF_8));
    String event =
        SampleEvents.restApi(PAYMENT.body(encoded))
            .replace("\"isBase64Encoded\":false", "\"isBase64Encoded\":true");
    assertIsPayment(requestFor(event));
    assertThat(status(api.send(SampleEvents.restApi(PAYMENT))))
        .as("response to the same body without Base64")
        .isEqualTo(200);
    assertThat(api.requests).hasSize(1);
  }

  @Test
  void queryAndPathParameters_areRead() throws IOException {
    HttpRequest request = requestFor(SampleEvents.restApi(PAYMENT.query("a", "1").query("a", "2")));
    assertThat(request.queryParameter("a")).containsExactly("1", "2");
    assertThat(request.queryParameter("b")).isEmpty();
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
      })
  void notAnHttpEvent_isRefused(String event) {
    assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> api.send(event));
    assertThat(fixture.counts().puts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"body\":{}",
        "\"body\":7",
        "\"body\":\"%\",\"isBase64Encoded\":true",
        "\"body\":\"YQ=\",\"isBase64Encoded\":true"
      })
  void body_thatCannotBeDecoded_isABadRequest(String body) throws IOException {
    String event =
        "{\"httpMethod\":\"POST\",\"path\":\"/orders/17\",\"requestContext\":{}," + body + "}";
    JsonNode response = api.send(event);
    assertThat(status(response)).isEqualTo(400);
    assertThat(response.path("body").asText()).contains("'body' of an HTTP request must be");
    assertThat(api.requests).isEmpty();
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void resourceId_notInTheRequest_isABadRequest() throws IOException {
    HttpOrderHandler handler =
        new HttpOrderHandler(fixture, fixture.guard()) {
          @Override
          protected String resourceId(HttpRequest request) {
            return request.bodyAs(Order.class).id();
          }
        };
    assertThat(status(handler.send(PAYMENT.body("{\"id\":\"17\"}")))).isEqualTo(201);
    assertThat(status(handler.send(PAYMENT.body("no json")))).isEqualTo(400);
    assertThat(status(handler.send(PAYMENT.body("{\"id\":\"\"}")))).isEqualTo(400);
    assertThat(status(handler.send(PAYMENT.body("{\"id\":\"" + "x".repeat(3_000) + "\"}"))))
        .isEqualTo(400);
  }

  record Order(String id) {}

  @ParameterizedTest
  @ValueSource(ints = {0, 199, 600})
  void status_outOfRange_isRefused(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpResponse.of(status))
        .withMessage("status must be from 200 to 599, got " + status);
  }
}
