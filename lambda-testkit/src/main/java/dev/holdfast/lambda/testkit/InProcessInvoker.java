package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Runs a handler in this process, JSON text in and JSON text out, with the serialization library of
 * Lambda's managed runtime. As safe between threads as its handler.
 */
public final class InProcessInvoker {
  private final RequestStreamHandler handler;

  private InProcessInvoker(RequestStreamHandler handler) {
    this.handler = handler;
  }

  /**
   * Takes a handler that reads and writes its JSON itself, as all of Holdfast's base classes do.
   *
   * @param handler the handler
   * @return what invokes it
   */
  public static InProcessInvoker of(RequestStreamHandler handler) {
    return new InProcessInvoker(handler);
  }

  /**
   * Takes a handler whose event and result Lambda reads and writes.
   *
   * @param handler the handler
   * @param eventType the class that the event is read as
   * @param <E> the event
   * @param <R> the result
   * @return what invokes it
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
   * Invokes the handler once. What the handler throws comes out unchanged.
   *
   * @param event JSON text
   * @param context the invocation
   * @return what the handler returned, as JSON text
   * @throws IOException where the handler throws it
   */
  public String invoke(String event, Context context) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), result, context);
    return result.toString(UTF_8);
  }
}
