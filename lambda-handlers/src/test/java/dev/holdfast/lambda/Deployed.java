package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.FunctionError;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One function in a sandbox of its own, on a table of DynamoDB Local. */
final class Deployed implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Sandbox sandbox;

  private Deployed(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** With the resource's id at a pointer; none where that is empty. */
  static Deployed start(LimitedDynamoDb dynamo, Class<?> handler, String resourceAt)
      throws IOException {
    return start(dynamo, handler, Map.of("HOLDFAST_RESOURCE_ID", resourceAt));
  }

  /** With variables of its own. */
  static Deployed start(LimitedDynamoDb dynamo, Class<?> handler, Map<String, String> variables)
      throws IOException {
    FunctionConfiguration function =
        FunctionConfiguration.of(handler.getName())
            .name(handler.getSimpleName())
            .timeout(LONG)
            .endpoint(dynamo.endpoint())
            .environment("HOLDFAST_TABLE", "locks");
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      function = function.environment(variable.getKey(), variable.getValue());
    }
    return new Deployed(Sandbox.start(function, FunctionCode.ofThisJvm()));
  }

  String answer(String event) {
    InvocationResult result = sandbox.invoke(event, LONG).join();
    assertThat(result).as(sandbox.log()).isInstanceOf(Response.class);
    return ((Response) result).payload();
  }

  FunctionError error(String event) {
    InvocationResult result = sandbox.invoke(event, LONG).join();
    assertThat(result).as(sandbox.log()).isInstanceOf(FunctionError.class);
    return (FunctionError) result;
  }

  /** What the function said that it worked on. */
  List<String> worked() {
    return sandbox
        .log()
        .lines()
        .filter(line -> line.contains("worked on "))
        .map(line -> line.substring(line.indexOf("worked on ") + "worked on ".length()))
        .toList();
  }

  /** Its lines of metrics. */
  List<String> metrics() {
    return sandbox.log().lines().filter(line -> line.startsWith("{\"_aws\":")).toList();
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
