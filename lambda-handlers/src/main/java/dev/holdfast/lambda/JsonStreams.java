package dev.holdfast.lambda;

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
record JsonStreams<E extends @Nullable Object, R extends @Nullable Object>(
    Function<byte[], E> reader, Function<R, byte[]> writer) {

  /** Makes a result of an event. */
  interface Work<E extends @Nullable Object, R extends @Nullable Object> {
    R result(E event) throws Exception;
  }

  /** What the work throws comes out unchanged, checked exceptions too. */
  void exchange(InputStream input, OutputStream output, Work<E, R> work) throws IOException {
    E event = reader.apply(input.readAllBytes());
    output.write(writer.apply(resultOf(work, event)));
  }

  private R resultOf(Work<E, R> work, E event) {
    try {
      return work.result(event);
    } catch (Exception e) {
      throw Unchecked.rethrown(e);
    }
  }
}
