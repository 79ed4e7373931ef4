package dev.holdfast.lambda.internal.json;

import dev.holdfast.lambda.internal.util.SneakyThrow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime's streams carry: an event in, a result out.
 *
 * @param reader reads an event from JSON
 * @param writer writes a result as JSON
 * @param <E> the event
 * @param <R> the result
 */
public record JsonStreamHandler<E extends @Nullable Object, R extends @Nullable Object>(
    Function<byte[], E> reader, Function<R, byte[]> writer) {

  /** Makes a result of an event and the JSON that it was read from. */
  public interface EventFunction<E extends @Nullable Object, R extends @Nullable Object> {
    R apply(E event, byte[] json) throws Exception;
  }

  /** What the work throws comes out unchanged, checked exceptions too. */
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
