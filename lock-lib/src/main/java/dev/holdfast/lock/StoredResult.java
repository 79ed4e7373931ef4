package dev.holdfast.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lock.protocol.Result;
import java.util.Optional;

/**
 * What work came to, kept for its duplicates by {@link HeldLock#complete(java.time.Duration,
 * StoredResult)}. Immutable and thread-safe.
 *
 * <p>It lies in the lock's row, which is paid for by each duplicate: one write unit for each KiB.
 * So it has at most 4 KiB, unless {@link #upTo} says otherwise.
 */
public final class StoredResult {
  private static final int BYTES_MAX_UNLESS_RAISED = 4 * 1_024;
  private static final int BYTES_MAX = 350 * 1_024;

  private final Result result;
  private final int bytesMax;

  private StoredResult(Result result, int bytesMax) {
    this.result = result;
    this.bytesMax = bytesMax;
  }

  static StoredResult of(Result result) {
    return new StoredResult(result, BYTES_MAX);
  }

  /**
   * A text, such as a document of JSON.
   *
   * @param text any
   * @return a result of at most 4 KiB of UTF-8
   * @throws IllegalArgumentException if it is not valid Unicode
   */
  public static StoredResult of(String text) {
    Names.checkStorable("a result's text", text);
    return new StoredResult(new Result.Text(text), BYTES_MAX_UNLESS_RAISED);
  }

  /**
   * Bytes.
   *
   * @param bytes any; copied
   * @return a result of at most 4 KiB
   */
  public static StoredResult of(byte[] bytes) {
    return new StoredResult(Result.Bytes.of(bytes), BYTES_MAX_UNLESS_RAISED);
  }

  /**
   * Allows it to be larger, or less large.
   *
   * @param bytes from 1 to 358,400 (350 KiB)
   * @return the same result with another bound
   * @throws IllegalArgumentException if the bound is out of range
   */
  public StoredResult upTo(int bytes) {
    if (bytes < 1 || bytes > BYTES_MAX) {
      throw new IllegalArgumentException(
          "a result's bound must be 1 to 358400 bytes, got "
              + bytes
              + ": keep what is larger in a"
              + " store of its own, and its address here");
    }
    return new StoredResult(result, bytes);
  }

  /**
   * The text, where it was stored as one.
   *
   * @return the text; empty for bytes
   */
  public Optional<String> text() {
    return result instanceof Result.Text text ? Optional.of(text.text()) : Optional.empty();
  }

  /**
   * The bytes: those that were stored, or the text's in UTF-8.
   *
   * @return a copy
   */
  public byte[] bytes() {
    return result instanceof Result.Text text
        ? text.text().getBytes(UTF_8)
        : ((Result.Bytes) result).toArray();
  }

  boolean fits() {
    return bytes().length <= bytesMax;
  }

  int bytesMax() {
    return bytesMax;
  }

  Result stored() {
    return result;
  }

  /** By content, whatever the bound. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StoredResult that && result.equals(that.result);
  }

  @Override
  public int hashCode() {
    return result.hashCode();
  }

  /** Says how large it is, and never what it is. */
  @Override
  public String toString() {
    return "StoredResult[" + bytes().length + " bytes]";
  }
}
