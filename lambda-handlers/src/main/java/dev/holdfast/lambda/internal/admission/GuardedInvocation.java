package dev.holdfast.lambda.internal.admission;

/**
 * What one invocation does behind its gate.
 *
 * @param <T> what it returns
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface GuardedInvocation<T, X extends Exception> {
  T run(WorkGuard workGuard) throws X, InterruptedException;
}
