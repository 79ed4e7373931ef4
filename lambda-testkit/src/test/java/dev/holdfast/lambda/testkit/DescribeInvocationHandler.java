package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Returns a description of its invocation and its environment. */
public class DescribeInvocationHandler implements RequestStreamHandler {

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), UTF_8);
    context.getLogger().log("saw " + event);
    Map<String, Object> description =
        Map.of(
            "event", event,
            "requestId", context.getAwsRequestId(),
            "function", context.getFunctionName() + ":" + context.getFunctionVersion(),
            "arn", context.getInvokedFunctionArn(),
            "remaining", context.getRemainingTimeInMillis(),
            "logStream", context.getLogStreamName(),
            "greeting", System.getenv().getOrDefault("GREETING", "none"),
            "home", System.getenv().getOrDefault("HOME", "none"));
    output.write(LambdaJson.write(description).getBytes(UTF_8));
  }
}
