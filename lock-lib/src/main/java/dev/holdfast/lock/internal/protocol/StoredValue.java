package dev.holdfast.lock.internal.protocol;

import java.util.Arrays;

/** Result of work, stored in its row for duplicates. */
public sealed interface StoredValue {

  /**
   * Applies the function for the type of this value.
   *
   * @param onText function for {@link Text}
   * @param onBytes function for {@link Bytes}
   * @param <R> type of the result
   * @param <X> checked exception that the functions may throw
   * @return the value of the function
   * @throws X if the function throws it
   */
  <R, X extends Exception> R fold(
      ThrowingFunction<Text, R, X> onText, ThrowingFunction<Bytes, R, X> onBytes) throws X;

  /**
   * Text.
   *
   * @param text any text
   */
  record Text(String text) implements StoredValue {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Text, R, X> onText, ThrowingFunction<Bytes, R, X> onBytes) throws X {
      return onText.apply(this);
    }
  }

  /** Bytes, compared by content. */
  final class Bytes implements StoredValue {
    private final byte[] content;

    private Bytes(byte[] content) {
      this.content = content;
    }

    /**
     * Creates a value from an array.
     *
     * @param bytes any bytes; copied
     * @return the result
     */
    public static Bytes of(byte[] bytes) {
      return new Bytes(bytes.clone());
    }

    /**
     * Returns the bytes.
     *
     * @return a copy
     */
    public byte[] toArray() {
      return content.clone();
    }

    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Text, R, X> onText, ThrowingFunction<Bytes, R, X> onBytes) throws X {
      return onBytes.apply(this);
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
