package dev.holdfast.lambda;

import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockedCall;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Lets the lines that work logs say under which lock they were written. */
final class LogContext {
  private static final String LOCK = "lock";

  private LogContext() {}

  static <T, X extends Exception> T naming(Lease lease, LockedCall<T, X> work) throws X {
    String outer = MDC.get(LOCK);
    MDC.put(LOCK, lease.name());
    try {
      return work.call(lease);
    } finally {
      restore(outer);
    }
  }

  private static void restore(@Nullable String outer) {
    if (outer == null) {
      MDC.remove(LOCK);
    } else {
      MDC.put(LOCK, outer);
    }
  }
}
