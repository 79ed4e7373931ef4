package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.testkit.HttpCall;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A handler whose resource is the path, and what it was asked. */
class Api extends LockedHttpHandler {
  private final Bench bench;
  final List<HttpRequest> requests = new ArrayList<>();
  Function<HttpRequest, HttpResponse> work =
      request -> HttpResponse.json(201, "{\"paid\":" + requests.size() + "}");

  Api(Bench bench, Guard guard) {
    super(guard);
    this.bench = bench;
  }

  @Override
  protected String resourceId(HttpRequest request) {
    return request.path();
  }

  @Override
  protected HttpResponse handle(HttpRequest request, Lease lease, Context context)
      throws Exception {
    requests.add(request);
    return work.apply(request);
  }

  JsonNode send(String event) throws IOException {
    String answer = InProcess.of(this).invoke(event, bench.context());
    return JsonTree.read(answer.getBytes(UTF_8), "an answer");
  }

  /** Through a REST API. */
  JsonNode send(HttpCall call) throws IOException {
    return send(SampleEvents.restApi(call));
  }

  static int status(JsonNode answer) {
    return answer.path("statusCode").asInt();
  }

  static String header(JsonNode answer, String name) {
    return answer.path("multiValueHeaders").path(name).path(0).asText();
  }
}
