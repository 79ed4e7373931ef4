package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.json.ResultBytes;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.StoredResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Codec of results that callers receive as objects. A result is read from the JSON that is stored,
 * also by its first caller, so that first and later callers receive the same.
 *
 * @param <T> the type of the result
 */
public final class ResultCodec<T extends @Nullable Object> {
  private final Class<T> type;
  private final JsonCodec<T> codec;

  /** Creates a codec of a class. */
  public ResultCodec(Class<T> type) {
    this.type = type;
    this.codec = JsonCodec.of(type);
  }

  /**
   * Returns a result as its duplicates will receive it.
   *
   * @throws IllegalStateException if it cannot be written and read
   */
  @SuppressWarnings("NullAway") // a result may be null
  public HeldWork.Finished<T> finish(T result) {
    try {
      byte[] json = codec.write(result);
      return new HeldWork.Finished<>(
          codec.readResult(json), true, Optional.of(ResultBytes.toStoredResult(json)));
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "result of the work must be JSON that can be written and read as "
              + type.getName()
              + ": the work has run and is completed without a result; use a record",
          e);
    }
  }

  /**
   * Reads the stored result of a duplicate.
   *
   * @throws AlreadyCompletedException if there is none, or none of this class, with the reason as a
   *     suppressed exception
   */
  @SuppressWarnings("NullAway") // a result may be null
  public T read(AlreadyCompletedException duplicate) {
    Optional<StoredResult> result = duplicate.completion().result();
    if (result.isEmpty()) {
      throw duplicate;
    }
    try {
      return codec.readResult(result.get().bytes());
    } catch (RuntimeException e) {
      duplicate.addSuppressed(e);
      throw duplicate;
    }
  }
}
