package dev.holdfast.lambda.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Configuration of a function, with Lambda's terms. Immutable.
 *
 * @param handler the handler string: {@code Class} or {@code Class::method}
 * @param name the name of the function
 * @param version the version of the function
 * @param logStream the name of the log stream, which identifies the execution environment
 * @param memoryMb the memory in MB, which also limits the heap of the JVM
 * @param timeout the timeout of an invocation
 * @param environment environment variables; they override the variables that Lambda sets
 * @param jvmFlags additional flags of the JVM, except for the heap size
 */
public record FunctionConfiguration(
    String handler,
    String name,
    String version,
    String logStream,
    int memoryMb,
    Duration timeout,
    Map<String, String> environment,
    List<String> jvmFlags) {

  private static final String REGION = "us-east-1";
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(15);
  private static final int MIN_MEMORY_MB = 128;

  /** Validates the values. */
  public FunctionConfiguration {
    require(!handler.isBlank(), "handler must name a class, got a blank text");
    require(!name.isBlank(), "name must not be blank");
    require(
        memoryMb >= MIN_MEMORY_MB,
        "memory must be at least " + MIN_MEMORY_MB + " MB, got " + memoryMb);
    require(
        timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(MAX_TIMEOUT) <= 0,
        "timeout must be above 0 and at most " + MAX_TIMEOUT + ", got " + timeout);
    environment = Map.copyOf(environment);
    jvmFlags = List.copyOf(jvmFlags);
  }

  /**
   * Creates a configuration with Lambda's defaults: 128 MB, 3 s, version {@code $LATEST}.
   *
   * @param handler the handler string: {@code Class} or {@code Class::method}
   * @return the configuration
   */
  public static FunctionConfiguration of(String handler) {
    String name = handler.replaceAll("::.*", "").replaceAll(".*[.]", "");
    return new FunctionConfiguration(
        handler,
        name,
        "$LATEST",
        "environment-1",
        MIN_MEMORY_MB,
        Duration.ofSeconds(3),
        Map.of(),
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
  }

  /**
   * Returns a copy with another name.
   *
   * @param name the name of the function
   * @return a new configuration
   */
  public FunctionConfiguration name(String name) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, jvmFlags);
  }

  /**
   * Returns a copy with another version.
   *
   * @param version the version of the function
   * @return a new configuration
   */
  public FunctionConfiguration version(String version) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, jvmFlags);
  }

  /**
   * Returns a copy with another log stream, which identifies the execution environment.
   *
   * @param logStream the name of the log stream
   * @return a new configuration
   */
  public FunctionConfiguration logStream(String logStream) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, jvmFlags);
  }

  /**
   * Returns a copy with another memory size.
   *
   * @param memoryMb the memory in MB, at least 128
   * @return a new configuration
   */
  public FunctionConfiguration memoryMb(int memoryMb) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, jvmFlags);
  }

  /**
   * Returns a copy with another timeout.
   *
   * @param timeout the timeout, above 0 and at most 15 minutes
   * @return a new configuration
   */
  public FunctionConfiguration timeout(Duration timeout) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, jvmFlags);
  }

  /**
   * Returns a copy with an additional environment variable.
   *
   * @param variable the name of the variable
   * @param value the value of the variable
   * @return a new configuration
   */
  public FunctionConfiguration environment(String variable, String value) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put(variable, value);
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, variables, jvmFlags);
  }

  /**
   * Returns a copy whose AWS clients use a local endpoint.
   *
   * @param endpoint the value of {@code AWS_ENDPOINT_URL}
   * @return a new configuration
   */
  public FunctionConfiguration endpoint(URI endpoint) {
    return environment("AWS_ENDPOINT_URL", endpoint.toString());
  }

  /**
   * Returns a copy with other JVM flags.
   *
   * @param jvmFlags all flags except for the heap size
   * @return a new configuration
   */
  public FunctionConfiguration jvmFlags(String... jvmFlags) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, List.of(jvmFlags));
  }

  /**
   * Returns the ARN of the function.
   *
   * @return a fictitious ARN with the name of the function
   */
  String arn() {
    return "arn:aws:lambda:" + region() + ":123456789012:function:" + name;
  }

  /**
   * Returns the variables of the process: those of Lambda, fictitious keys and those of the
   * function.
   */
  Map<String, String> processEnvironment() {
    Map<String, String> variables = new HashMap<>();
    variables.put("_HANDLER", handler);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", name);
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", version);
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(memoryMb));
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + name);
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_REGION", REGION);
    variables.put("AWS_DEFAULT_REGION", REGION);
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("TZ", ":UTC");
    variables.put("LANG", "en_US.UTF-8");
    variables.putAll(environment);
    return variables;
  }

  private String region() {
    return environment.getOrDefault("AWS_REGION", REGION);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
