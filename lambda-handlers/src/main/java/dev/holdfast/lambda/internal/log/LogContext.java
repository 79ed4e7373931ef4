package dev.holdfast.lambda.internal.log;

import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Lets the lines that work logs say under which lock they were written. */
public final class LogContext {
  private static final String LOCK_FIELD = "lock";

  private LogContext() {}

  public static <T, X extends Exception> T callWithLockName(Lease lease, LockCallback<Lease, T, X> work)
      throws X {
    String previous = MDC.get(LOCK_FIELD);
    MDC.put(LOCK_FIELD, lease.name());
    try {
      return work.call(lease);
    } finally {
      restore(previous);
    }
  }

  private static void restore(@Nullable String previous) {
    if (previous == null) {
      MDC.remove(LOCK_FIELD);
    } else {
      MDC.put(LOCK_FIELD, previous);
    }
  }
}
