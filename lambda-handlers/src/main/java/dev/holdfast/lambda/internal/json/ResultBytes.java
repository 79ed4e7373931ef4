package dev.holdfast.lambda.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lock.StoredResult;
import java.util.Arrays;

/** Converter of a result's bytes to a stored result, which has exactly these bytes. */
public final class ResultBytes {

  private ResultBytes() {}

  /** Returns a text, which people can read in the row, or bytes if they are not valid UTF-8. */
  public static StoredResult toStoredResult(byte[] result) {
    String text = new String(result, UTF_8);
    return Arrays.equals(text.getBytes(UTF_8), result)
        ? StoredResult.of(text)
        : StoredResult.of(result);
  }
}
