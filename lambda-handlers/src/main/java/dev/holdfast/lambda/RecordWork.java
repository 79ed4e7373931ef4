package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockedCall;

/**
 * What a handler does with one record while its lock is held.
 *
 * @param <E> the record
 */
@FunctionalInterface
interface RecordWork<E> {
  void handle(E event, Lease lease, Context context) throws Exception;

  /** The work on one of them; it comes to nothing that could be kept. */
  default LockedCall<NoResult, Exception> on(E event, Invocation invocation) {
    return lease -> {
      handle(event, lease, invocation.context());
      return NoResult.NONE;
    };
  }
}
