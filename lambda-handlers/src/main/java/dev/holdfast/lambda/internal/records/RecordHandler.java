package dev.holdfast.lambda.internal.records;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.internal.json.NoResult;
import dev.holdfast.lambda.internal.time.Invocation;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;

/**
 * Handler of one record. It runs while the record's lock is held.
 *
 * @param <E> the type of a record
 */
@FunctionalInterface
public interface RecordHandler<E> {
  /** Handles a record. */
  void handle(E record, Lease lease, Context context) throws Exception;

  /** Returns the call of this handler for one record; it has no result. */
  default LockCallback<Lease, NoResult, Exception> asCall(E record, Invocation invocation) {
    return lease -> {
      handle(record, lease, invocation.context());
      return NoResult.NONE;
    };
  }
}
