package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.error.InsufficientTimeException;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockContentionException;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockRowTooLargeException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.PayloadMismatchException;
import dev.holdfast.lock.UnrecognizedRowException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of a request to start one piece of work. Every trigger handles all outcomes by {@link
 * #fold}; exceptions are created only where the public API throws them.
 */
public sealed interface Admission {

  /**
   * Function for one outcome.
   *
   * @param <A> the outcome
   * @param <R> the type of the result
   * @param <X> the type of the exception that the function throws
   */
  @FunctionalInterface
  interface Case<A, R extends @Nullable Object, X extends Exception> {
    R apply(A outcome) throws X;
  }

  /**
   * All locks of the work are held.
   *
   * @param work the held work; run it or close it
   */
  record Entered(HeldWork work) implements Admission {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(
        Case<? super Entered, ? extends R, X> entered,
        Case<? super Duplicate, ? extends R, X> duplicate,
        Case<? super Rejected, ? extends R, X> rejected)
        throws X {
      return entered.apply(this);
    }
  }

  /**
   * The event is already completed.
   *
   * @param completion the idempotency record
   */
  record Duplicate(Completion completion) implements Admission {
    public AlreadyCompletedException toException() {
      return new AlreadyCompletedException(completion);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(
        Case<? super Entered, ? extends R, X> entered,
        Case<? super Duplicate, ? extends R, X> duplicate,
        Case<? super Rejected, ? extends R, X> rejected)
        throws X {
      return duplicate.apply(this);
    }
  }

  /** The work is not started, for one of four reasons. */
  sealed interface Rejected extends Admission {

    /** Returns the exception that the public API throws for this reason. */
    RuntimeException toException();

    /** Returns the reason as text for a log line. */
    default String reason() {
      return String.valueOf(toException().getMessage());
    }

    /** Applies the function for this reason. */
    <R extends @Nullable Object, X extends Exception> R fold(
        Case<? super Busy, ? extends R, X> busy,
        Case<? super PayloadMismatch, ? extends R, X> payloadMismatch,
        Case<? super NoTime, ? extends R, X> noTime,
        Case<? super TableUnavailable, ? extends R, X> tableUnavailable)
        throws X;

    @Override
    default <R extends @Nullable Object, X extends Exception> R fold(
        Case<? super Entered, ? extends R, X> entered,
        Case<? super Duplicate, ? extends R, X> duplicate,
        Case<? super Rejected, ? extends R, X> rejected)
        throws X {
      return rejected.apply(this);
    }
  }

  /**
   * Another holder held a lock until the wait ended.
   *
   * @param request the request for that lock
   * @param maxWait the time that the request waited at most
   * @param holder the holder at the last attempt
   */
  record Busy(LockRequest request, Duration maxWait, Holder holder) implements Rejected {
    @Override
    public LockUnavailableException toException() {
      return new LockUnavailableException(request, maxWait, holder);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(
        Case<? super Busy, ? extends R, X> busy,
        Case<? super PayloadMismatch, ? extends R, X> payloadMismatch,
        Case<? super NoTime, ? extends R, X> noTime,
        Case<? super TableUnavailable, ? extends R, X> tableUnavailable)
        throws X {
      return busy.apply(this);
    }
  }

  /**
   * The event is already completed with another payload.
   *
   * @param error the exception of the lock client
   */
  record PayloadMismatch(PayloadMismatchException error) implements Rejected {
    @Override
    public PayloadMismatchException toException() {
      return error;
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(
        Case<? super Busy, ? extends R, X> busy,
        Case<? super PayloadMismatch, ? extends R, X> payloadMismatch,
        Case<? super NoTime, ? extends R, X> noTime,
        Case<? super TableUnavailable, ? extends R, X> tableUnavailable)
        throws X {
      return payloadMismatch.apply(this);
    }
  }

  /**
   * The remaining time of the invocation is shorter than the work needs.
   *
   * @param remaining the remaining time
   * @param required the time that the work needs
   */
  record NoTime(Duration remaining, Duration required) implements Rejected {
    @Override
    public InsufficientTimeException toException() {
      return new InsufficientTimeException(remaining, required);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(
        Case<? super Busy, ? extends R, X> busy,
        Case<? super PayloadMismatch, ? extends R, X> payloadMismatch,
        Case<? super NoTime, ? extends R, X> noTime,
        Case<? super TableUnavailable, ? extends R, X> tableUnavailable)
        throws X {
      return noTime.apply(this);
    }
  }

  /**
   * The lock table, its row or this host's clock cannot be used.
   *
   * @param error the exception of the lock client
   */
  record TableUnavailable(LockException error) implements Rejected {
    @Override
    public LockException toException() {
      return error;
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(
        Case<? super Busy, ? extends R, X> busy,
        Case<? super PayloadMismatch, ? extends R, X> payloadMismatch,
        Case<? super NoTime, ? extends R, X> noTime,
        Case<? super TableUnavailable, ? extends R, X> tableUnavailable)
        throws X {
      return tableUnavailable.apply(this);
    }

    /**
     * Returns whether other requests were changing the row, so that a later attempt may succeed.
     */
    public boolean isContention() {
      return error instanceof LockContentionException;
    }

    /** Returns whether requests for other locks of the table are expected to fail as well. */
    public boolean affectsAllLocks() {
      return !isContention()
          && !(error instanceof LockRowTooLargeException)
          && !(error instanceof UnrecognizedRowException);
    }
  }

  /** Applies the function for this outcome. */
  <R extends @Nullable Object, X extends Exception> R fold(
      Case<? super Entered, ? extends R, X> entered,
      Case<? super Duplicate, ? extends R, X> duplicate,
      Case<? super Rejected, ? extends R, X> rejected)
      throws X;
}
