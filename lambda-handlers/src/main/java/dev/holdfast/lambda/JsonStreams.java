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

  /** Makes a result of an event and the JSON that it was read from. */
  interface Work<E extends @Nullable Object, R extends @Nullable Object> {
    R result(E event, byte[] json) throws Exception;
  }

  /** What the work throws comes out unchanged, checked exceptions too. */
  void exchange(InputStream input, OutputStream output, Work<E, R> work) throws IOException {
    byte[] json = input.readAllBytes();
    output.write(writer.apply(resultOf(work, reader.apply(json), json)));
  }

  private R resultOf(Work<E, R> work, E event, byte[] json) {
    try {
      return work.result(event, json);
    } catch (Exception e) {
      throw Unchecked.rethrown(e);
    }
  }
}
