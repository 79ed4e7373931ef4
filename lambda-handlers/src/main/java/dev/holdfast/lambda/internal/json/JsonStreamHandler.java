package dev.holdfast.lambda.internal.json;

import dev.holdfast.lambda.internal.util.SneakyThrow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Adapter from the streams of the Lambda runtime to a function from an event to a result.
 *
 * @param reader reads an event from JSON
 * @param writer writes a result as JSON
 * @param ignoresJson accepts the JSON of events that are acknowledged without the function
 * @param ignoresEvent accepts events that are acknowledged without the function
 * @param <E> the event
 * @param <R> the result
 */
public record JsonStreamHandler<E extends @Nullable Object, R extends @Nullable Object>(
    Function<byte[], E> reader,
    Function<R, byte[]> writer,
    Predicate<byte[]> ignoresJson,
    Predicate<E> ignoresEvent) {

  /** Function from an event, and the JSON that it was read from, to a result. */
  public interface EventFunction<E extends @Nullable Object, R extends @Nullable Object> {
    /** Returns the result of an event. */
    R apply(E event, byte[] json) throws Exception;
  }

  /** Creates an adapter that ignores no event. */
  public JsonStreamHandler(Function<byte[], E> reader, Function<R, byte[]> writer) {
    this(reader, writer, json -> false, event -> false);
  }

  /** Returns an adapter that answers an ignored event with JSON's null. */
  public JsonStreamHandler<E, R> ignoring(
      Predicate<byte[]> ignoredJson, Predicate<E> ignoredEvent) {
    return new JsonStreamHandler<>(reader, writer, ignoredJson, ignoredEvent);
  }

  /** Handles one invocation. Exceptions of the function are thrown unchanged, also checked ones. */
  public void handle(InputStream input, OutputStream output, EventFunction<E, R> function)
      throws IOException {
    output.write(respond(input.readAllBytes(), function));
  }

  private byte[] respond(byte[] json, EventFunction<E, R> function) {
    if (ignoresJson.test(json)) {
      return NoResult.toJson(NoResult.NONE);
    }
    E event = reader.apply(json);
    return ignoresEvent.test(event)
        ? NoResult.toJson(NoResult.NONE)
        : writer.apply(apply(function, event, json));
  }

  private R apply(EventFunction<E, R> function, E event, byte[] json) {
    try {
      return function.apply(event, json);
    } catch (Exception e) {
      throw SneakyThrow.rethrow(e);
    }
  }
}
