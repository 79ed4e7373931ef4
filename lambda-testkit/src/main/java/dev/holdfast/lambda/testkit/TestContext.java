package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Context of an invocation in this process. Its remaining time follows the time source of the test.
 * Thread-safe; immutable except for the messages that the handler logs.
 */
public final class TestContext implements Context {
  private static final int MEMORY_MB = 128;
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final TimeSource time;
  private final Instant deadline;
  private final String functionName;
  private final String requestId;
  private final @Nullable String tenantId;
  private final List<String> logMessages = new CopyOnWriteArrayList<>();

  private TestContext(
      TimeSource time,
      Instant deadline,
      String functionName,
      String requestId,
      @Nullable String tenantId) {
    this.tenantId = tenantId;
    this.time = time;
    this.deadline = deadline;
    this.functionName = functionName;
    this.requestId = requestId;
  }

  /**
   * Creates the context of an invocation of {@code test-function} that starts now and has 3 s.
   *
   * @param time the time source for the remaining time
   * @return the context
   */
  public static TestContext at(TimeSource time) {
    return new TestContext(time, time.wallTime().plus(TIMEOUT), "test-function", "request-1", null);
  }

  /**
   * Returns a copy with another remaining time.
   *
   * @param remainingTime the remaining time from now
   * @return a new context
   */
  public TestContext remainingTime(Duration remainingTime) {
    return new TestContext(
        time, time.wallTime().plus(remainingTime), functionName, requestId, tenantId);
  }

  /**
   * Returns a copy for another function.
   *
   * @param functionName the name of the function
   * @return a new context
   */
  public TestContext functionName(String functionName) {
    return new TestContext(time, deadline, functionName, requestId, tenantId);
  }

  /**
   * Returns a copy with another request id.
   *
   * @param requestId the request id
   * @return a new context
   */
  public TestContext requestId(String requestId) {
    return new TestContext(time, deadline, functionName, requestId, tenantId);
  }

  /**
   * Returns a copy for a tenant, as in a function with tenant isolation.
   *
   * @param tenantId the id of the tenant
   * @return a new context
   */
  public TestContext tenantId(String tenantId) {
    return new TestContext(time, deadline, functionName, requestId, tenantId);
  }

  /**
   * Returns the messages that the handler logged through {@link #getLogger()}.
   *
   * @return the messages in order
   */
  public List<String> logMessages() {
    return List.copyOf(logMessages);
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + functionName;
  }

  @Override
  public String getLogStreamName() {
    return "test";
  }

  @Override
  public String getFunctionName() {
    return functionName;
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:us-east-1:123456789012:function:" + functionName;
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public @Nullable String getTenantId() {
    return tenantId;
  }

  @Override
  public int getRemainingTimeInMillis() {
    long left = Duration.between(time.wallTime(), deadline).toMillis();
    return Math.toIntExact(Math.max(0, left));
  }

  @Override
  public int getMemoryLimitInMB() {
    return MEMORY_MB;
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        logMessages.add(message);
      }

      @Override
      public void log(byte[] message) {
        logMessages.add(new String(message, UTF_8));
      }
    };
  }
}
