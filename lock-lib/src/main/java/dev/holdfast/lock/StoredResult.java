package dev.holdfast.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lock.internal.protocol.StoredValue;
import java.util.Optional;

/**
 * What work came to, kept for its duplicates by {@link HeldLock#complete(java.time.Duration,
 * StoredResult)}. Immutable and thread-safe.
 *
 * <p>It lies in the lock's row, which is paid for by each duplicate: one write unit for each KiB.
 * So it has at most 4 KiB, unless {@link #withMaxBytes} says otherwise.
 */
public final class StoredResult {
  private static final int DEFAULT_MAX_BYTES = 4 * 1_024;
  private static final int MAX_BYTES_LIMIT = 350 * 1_024;

  private final StoredValue value;
  private final int maxBytes;

  private StoredResult(StoredValue value, int maxBytes) {
    this.value = value;
    this.maxBytes = maxBytes;
  }

  static StoredResult of(StoredValue value) {
    return new StoredResult(value, MAX_BYTES_LIMIT);
  }

  /**
   * A text, such as a document of JSON.
   *
   * @param text any
   * @return a result of at most 4 KiB of UTF-8
   * @throws IllegalArgumentException if it is not valid Unicode
   */
  public static StoredResult of(String text) {
    LockNames.checkValidUnicode("a result's text", text);
    return new StoredResult(new StoredValue.Text(text), DEFAULT_MAX_BYTES);
  }

  /**
   * Bytes.
   *
   * @param bytes any; copied
   * @return a result of at most 4 KiB
   */
  public static StoredResult of(byte[] bytes) {
    return new StoredResult(StoredValue.Bytes.of(bytes), DEFAULT_MAX_BYTES);
  }

  /**
   * Allows it to be larger, or less large.
   *
   * @param maxBytes from 1 to 358,400 (350 KiB)
   * @return the same result with another bound
   * @throws IllegalArgumentException if the bound is out of range
   */
  public StoredResult withMaxBytes(int maxBytes) {
    if (maxBytes < 1 || maxBytes > MAX_BYTES_LIMIT) {
      throw new IllegalArgumentException(
          "a result's bound must be 1 to 358400 bytes, got "
              + maxBytes
              + ": keep what is larger in a"
              + " store of its own, and its address here");
    }
    return new StoredResult(value, maxBytes);
  }

  /**
   * The text, where it was stored as one.
   *
   * @return the text; empty for bytes
   */
  public Optional<String> text() {
    return value instanceof StoredValue.Text text ? Optional.of(text.text()) : Optional.empty();
  }

  /**
   * The bytes: those that were stored, or the text's in UTF-8.
   *
   * @return a copy
   */
  public byte[] bytes() {
    return value instanceof StoredValue.Text text
        ? text.text().getBytes(UTF_8)
        : ((StoredValue.Bytes) value).toArray();
  }

  boolean isWithinMaxBytes() {
    return bytes().length <= maxBytes;
  }

  int maxBytes() {
    return maxBytes;
  }

  StoredValue value() {
    return value;
  }

  /** By content, whatever the bound. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StoredResult that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Says how large it is, and never what it is. */
  @Override
  public String toString() {
    return "StoredResult[" + bytes().length + " bytes]";
  }
}
