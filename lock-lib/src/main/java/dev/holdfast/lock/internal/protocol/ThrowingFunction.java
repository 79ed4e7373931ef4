package dev.holdfast.lock.internal.protocol;

/**
 * Function that a fold applies to one variant of a sealed type.
 *
 * @param <T> the variant
 * @param <R> the result
 * @param <X> checked exception that the function may throw; inferred as a {@link RuntimeException}
 *     where it throws none
 */
@FunctionalInterface
public interface ThrowingFunction<T, R, X extends Exception> {

  /**
   * Applies this function.
   *
   * @param value the variant
   * @return the result
   * @throws X if the function fails
   */
  R apply(T value) throws X;
}
