package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Invokes a handler in this process. Events and results are JSON text, converted with the
 * serialization library of Lambda's managed runtime. As thread-safe as its handler.
 */
public final class InProcessInvoker {
  private final RequestStreamHandler handler;

  private InProcessInvoker(RequestStreamHandler handler) {
    this.handler = handler;
  }

  /**
   * Creates an invoker of a handler that reads and writes JSON itself, as all base classes of
   * Holdfast do.
   *
   * @param handler the handler
   * @return the invoker
   */
  public static InProcessInvoker of(RequestStreamHandler handler) {
    return new InProcessInvoker(handler);
  }

  /**
   * Creates an invoker of a handler whose event and result Lambda converts.
   *
   * @param handler the handler
   * @param eventType the class of the event
   * @param <E> the type of the event
   * @param <R> the type of the result
   * @return the invoker
   */
  public static <E, R> InProcessInvoker of(RequestHandler<E, R> handler, Class<E> eventType) {
    return new InProcessInvoker(
        (input, output, context) -> {
          E event = LambdaJson.read(new String(input.readAllBytes(), UTF_8), eventType);
          R result = handler.handleRequest(event, context);
          output.write((result == null ? "null" : LambdaJson.write(result)).getBytes(UTF_8));
        });
  }

  /**
   * Invokes the handler once. An exception of the handler is thrown unchanged.
   *
   * @param event the event as JSON text
   * @param context the context of the invocation
   * @return the result of the handler as JSON text
   * @throws IOException if the handler throws it
   */
  public String invoke(String event, Context context) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), result, context);
    return result.toString(UTF_8);
  }
}
