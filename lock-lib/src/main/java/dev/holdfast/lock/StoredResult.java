package dev.holdfast.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lock.internal.text.Arguments;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Result of completed work, which {@link HeldLock#complete(java.time.Duration, StoredResult)}
 * stores for duplicates. Immutable and thread-safe.
 *
 * <p>The result is part of the lock's row, so each duplicate costs one write unit for each KiB. Its
 * maximum size is 4 KiB, unless {@link #withMaxBytes} sets another.
 */
public final class StoredResult {
  private static final int DEFAULT_MAX_BYTES = 4 * 1_024;
  private static final int MAX_BYTES_LIMIT = 350 * 1_024;

  private final Optional<String> text;
  private final byte[] bytes;
  private final int maxBytes;

  private StoredResult(Optional<String> text, byte[] bytes, int maxBytes) {
    this.text = text;
    this.bytes = bytes;
    this.maxBytes = maxBytes;
  }

  /**
   * Returns a text result, such as a JSON document.
   *
   * @param text any text
   * @return a result of at most 4 KiB of UTF-8
   * @throws IllegalArgumentException if the text is not valid Unicode
   */
  public static StoredResult of(String text) {
    Objects.requireNonNull(text, "text");
    Arguments.checkValidUnicode("result text", text);
    return new StoredResult(Optional.of(text), text.getBytes(UTF_8), DEFAULT_MAX_BYTES);
  }

  /**
   * Returns a binary result.
   *
   * @param bytes any bytes; copied
   * @return a result of at most 4 KiB
   */
  public static StoredResult of(byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes");
    return new StoredResult(Optional.empty(), bytes.clone(), DEFAULT_MAX_BYTES);
  }

  /**
   * Returns this result with another maximum size.
   *
   * @param maxBytes from 1 to 358,400 (350 KiB)
   * @return the same result with this maximum
   * @throws IllegalArgumentException if the maximum is out of range
   */
  public StoredResult withMaxBytes(int maxBytes) {
    if (maxBytes < 1 || maxBytes > MAX_BYTES_LIMIT) {
      throw new IllegalArgumentException(
          "maxBytes must be 1 to 358400, got "
              + maxBytes
              + ": store a larger result elsewhere, and its address here");
    }
    return new StoredResult(text, bytes, maxBytes);
  }

  /**
   * Returns the text of a text result.
   *
   * @return the text; empty for a binary result
   */
  public Optional<String> text() {
    return text;
  }

  /**
   * Returns the bytes of a binary result, or the UTF-8 encoding of a text result.
   *
   * @return a copy
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Returns the maximum size of this result.
   *
   * @return the maximum in bytes
   */
  public int maxBytes() {
    return maxBytes;
  }

  /**
   * Returns whether this result is not larger than its maximum size.
   *
   * @return false if {@link HeldLock#complete(java.time.Duration, StoredResult)} would not store it
   */
  public boolean isWithinMaxBytes() {
    return bytes.length <= maxBytes;
  }

  /** Compares type and content, and ignores the maximum size. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StoredResult that
        && text.isPresent() == that.text.isPresent()
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns the size and not the content, which may be confidential. */
  @Override
  public String toString() {
    return "StoredResult[" + bytes.length + " bytes]";
  }
}
