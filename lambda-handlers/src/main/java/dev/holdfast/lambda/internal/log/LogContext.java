package dev.holdfast.lambda.internal.log;

import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.internal.text.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Logger name of this module, and the MDC field that names the held lock while work runs. */
public final class LogContext {
  /** Logger of every line of this module. Users configure log levels with the guard's name. */
  public static final String LOGGER_NAME = "dev.holdfast.lambda.Guard";

  private static final String LOCK_FIELD = "lock";

  private LogContext() {}

  /** Calls work with the lock's name in the MDC, and restores the previous value afterwards. */
  public static <T, X extends Exception> T callWithLockName(
      Lease lease, LockCallback<Lease, T, X> work) throws X {
    String previous = MDC.get(LOCK_FIELD);
    MDC.put(LOCK_FIELD, LogText.escape(lease.name()));
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
