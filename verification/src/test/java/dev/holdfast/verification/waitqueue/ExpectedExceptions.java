package dev.holdfast.verification.waitqueue;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import java.util.Map;

/** The expected failures of calls. */
final class ExpectedExceptions {
  private static final Map<Class<?>, Event> EVENT_BY_EXCEPTION =
      Map.of(
          LockAccessDeniedException.class, Event.DENIED,
          LockTableUnreachableException.class, Event.UNREACHABLE,
          LockThrottledException.class, Event.THROTTLED,
          LockOutcomeUnknownException.class, Event.OUTCOME_UNKNOWN,
          LockLostException.class, Event.LOST,
          LockClosedException.class, Event.LOST);

  private ExpectedExceptions() {}

  /** Returns the event of a failure, or throws the exception if it is not expected. */
  static Event eventFor(LockException e) {
    Event event = EVENT_BY_EXCEPTION.get(e.getClass());
    if (event == null) {
      throw e;
    }
    return event;
  }
}
