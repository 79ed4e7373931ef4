package dev.holdfast.lambda;

/**
 * What one invocation does behind its gate.
 *
 * @param <T> what it returns
 * @param <X> what it may throw
 */
@FunctionalInterface
interface AtGate<T, X extends Exception> {
  T through(Gate gate) throws X, InterruptedException;
}
