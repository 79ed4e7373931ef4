package dev.holdfast.lambda.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.fixtures.PolicyEnforcedDynamoDb;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.FunctionError;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.LocalExecutionEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Function in a local execution environment, with a lock table of DynamoDB Local. */
final class LocalFunctionEnvironment implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final LocalExecutionEnvironment environment;

  private LocalFunctionEnvironment(LocalExecutionEnvironment environment) {
    this.environment = environment;
  }

  /** Starts a function with a pointer to the resource id, or without one if it is empty. */
  static LocalFunctionEnvironment start(
      PolicyEnforcedDynamoDb dynamo, Class<?> handler, String resourcePointer) throws IOException {
    return start(dynamo, handler, Map.of("HOLDFAST_RESOURCE_ID", resourcePointer));
  }

  /** Starts a function with the given environment variables. */
  static LocalFunctionEnvironment start(
      PolicyEnforcedDynamoDb dynamo, Class<?> handler, Map<String, String> variables)
      throws IOException {
    FunctionConfiguration function =
        FunctionConfiguration.of(handler.getName())
            .name(handler.getSimpleName())
            .timeout(TIMEOUT)
            .endpoint(dynamo.endpoint())
            .environment("HOLDFAST_TABLE", "locks");
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      function = function.environment(variable.getKey(), variable.getValue());
    }
    return new LocalFunctionEnvironment(
        LocalExecutionEnvironment.start(function, FunctionCode.currentClassPath()));
  }

  String invoke(String event) {
    InvocationResult result = environment.invoke(event, TIMEOUT).join();
    assertThat(result).as(environment.log()).isInstanceOf(Response.class);
    return ((Response) result).payload();
  }

  FunctionError invokeExpectingError(String event) {
    InvocationResult result = environment.invoke(event, TIMEOUT).join();
    assertThat(result).as(environment.log()).isInstanceOf(FunctionError.class);
    return (FunctionError) result;
  }

  /** Returns the log lines of the processed work. */
  List<String> processed() {
    return environment
        .log()
        .lines()
        .filter(line -> line.contains("processed item "))
        .map(line -> line.substring(line.indexOf("processed item ") + "processed item ".length()))
        .toList();
  }

  /** Returns the metric lines of the function. */
  List<String> metricLines() {
    return environment.log().lines().filter(line -> line.startsWith("{\"_aws\":")).toList();
  }

  @Override
  public void close() {
    environment.close();
  }
}
