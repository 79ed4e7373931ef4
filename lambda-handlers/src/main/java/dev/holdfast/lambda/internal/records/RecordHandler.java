package dev.holdfast.lambda.internal.records;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.internal.json.NoResult;
import dev.holdfast.lambda.internal.time.Invocation;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;

/**
 * What a handler does with one record while its lock is held.
 *
 * @param <E> the record
 */
@FunctionalInterface
public interface RecordHandler<E> {
  void handle(E record, Lease lease, Context context) throws Exception;

  /** The work on one of them; it comes to nothing that could be kept. */
  default LockCallback<Lease, NoResult, Exception> asCall(E record, Invocation invocation) {
    return lease -> {
      handle(record, lease, invocation.context());
      return NoResult.NONE;
    };
  }
}
