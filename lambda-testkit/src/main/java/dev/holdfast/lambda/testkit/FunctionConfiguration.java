package dev.holdfast.lambda.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a function is configured, in Lambda's words. Immutable.
 *
 * @param handler the handler string: {@code Class} or {@code Class::method}
 * @param name the function's name
 * @param version the function's version
 * @param logStream the name of the sandbox's log stream: its identity
 * @param memoryMb the memory in MB, which also bounds the JVM's heap
 * @param timeout the time that an invocation has
 * @param environment environment variables, over those that Lambda sets itself
 * @param jvmFlags flags of the JVM besides its heap
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

  /** Checks every value. */
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
   * A function with Lambda's defaults: 128 MB, 3 s, version {@code $LATEST}.
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
   * The same under another name.
   *
   * @param name the function's name
   * @return a new configuration
   */
  public FunctionConfiguration name(String name) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, jvmFlags);
  }

  /**
   * The same in another version.
   *
   * @param version the function's version
   * @return a new configuration
   */
  public FunctionConfiguration version(String version) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, jvmFlags);
  }

  /**
   * The same with another log stream, by which a sandbox is known.
   *
   * @param logStream the log stream's name
   * @return a new configuration
   */
  public FunctionConfiguration logStream(String logStream) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, jvmFlags);
  }

  /**
   * The same with other memory.
   *
   * @param memoryMb the memory in MB, at least 128
   * @return a new configuration
   */
  public FunctionConfiguration memoryMb(int memoryMb) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, jvmFlags);
  }

  /**
   * The same with another time-out.
   *
   * @param timeout above 0, at most 15 minutes
   * @return a new configuration
   */
  public FunctionConfiguration timeout(Duration timeout) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, jvmFlags);
  }

  /**
   * The same with one more environment variable.
   *
   * @param variable its name
   * @param value its value
   * @return a new configuration
   */
  public FunctionConfiguration environment(String variable, String value) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put(variable, value);
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, variables, jvmFlags);
  }

  /**
   * The same with its AWS clients sent to a local endpoint.
   *
   * @param endpoint what {@code AWS_ENDPOINT_URL} says
   * @return a new configuration
   */
  public FunctionConfiguration endpoint(URI endpoint) {
    return environment("AWS_ENDPOINT_URL", endpoint.toString());
  }

  /**
   * The same with other flags for its JVM.
   *
   * @param jvmFlags all flags besides the heap's size
   * @return a new configuration
   */
  public FunctionConfiguration jvmFlags(String... jvmFlags) {
    return new FunctionConfiguration(
        handler, name, version, logStream, memoryMb, timeout, environment, List.of(jvmFlags));
  }

  /**
   * The ARN under which the function is invoked.
   *
   * @return a made-up ARN with the function's name
   */
  String arn() {
    return "arn:aws:lambda:" + region() + ":123456789012:function:" + name;
  }

  /** Every variable that the process sees: Lambda's own, made-up keys, then the function's. */
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
