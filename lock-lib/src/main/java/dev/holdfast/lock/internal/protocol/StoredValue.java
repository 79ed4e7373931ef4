package dev.holdfast.lock.internal.protocol;

import java.util.Arrays;

/** What work came to, kept in its row for duplicates. */
public sealed interface StoredValue {

  /**
   * A text.
   *
   * @param text any
   */
  record Text(String text) implements StoredValue {}

  /** Bytes, equal by content. */
  final class Bytes implements StoredValue {
    private final byte[] content;

    private Bytes(byte[] content) {
      this.content = content;
    }

    /**
     * Bytes from an array.
     *
     * @param bytes any; copied
     * @return the result
     */
    public static Bytes of(byte[] bytes) {
      return new Bytes(bytes.clone());
    }

    /**
     * The bytes as an array.
     *
     * @return a copy
     */
    public byte[] toArray() {
      return content.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
      return "Bytes[" + content.length + "]";
    }
  }
}
