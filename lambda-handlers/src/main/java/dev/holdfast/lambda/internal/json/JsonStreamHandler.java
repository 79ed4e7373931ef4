package dev.holdfast.lambda.internal.json;

import dev.holdfast.lambda.internal.util.SneakyThrow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adapter from the streams of the Lambda runtime to a function from an event to a result.
 *
 * @param reader reads an event from JSON
 * @param writer writes a result as JSON
 * @param <E> the event
 * @param <R> the result
 */
public record JsonStreamHandler<E extends @Nullable Object, R extends @Nullable Object>(
    Function<byte[], E> reader, Function<R, byte[]> writer) {

  /** Function from an event, and the JSON that it was read from, to a result. */
  public interface EventFunction<E extends @Nullable Object, R extends @Nullable Object> {
    /** Returns the result of an event. */
    R apply(E event, byte[] json) throws Exception;
  }

  /** Handles one invocation. Exceptions of the function are thrown unchanged, also checked ones. */
  public void handle(InputStream input, OutputStream output, EventFunction<E, R> function)
      throws IOException {
    byte[] json = input.readAllBytes();
    output.write(writer.apply(apply(function, reader.apply(json), json)));
  }

  private R apply(EventFunction<E, R> function, E event, byte[] json) {
    try {
      return function.apply(event, json);
    } catch (Exception e) {
      throw SneakyThrow.rethrow(e);
    }
  }
}
