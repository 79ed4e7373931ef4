package dev.holdfast.verification.support;

import dev.holdfast.testkit.Fault;
import java.util.List;

/** What goes wrong with requests in random schedules. */
public final class RandomFaults {
  /** With single requests. */
  public static final List<Fault> SINGLE_REQUEST =
      List.of(
          Fault.REQUEST_LOST,
          Fault.REPLY_LOST,
          Fault.REQUEST_DELAYED,
          Fault.DUPLICATED,
          Fault.FAILED_BEFORE_APPLYING,
          Fault.FAILED_AFTER_APPLYING,
          Fault.THROTTLED,
          Fault.DENIED,
          Fault.UNREACHABLE);

  /** With all of them for a while. */
  public static final List<Fault> OUTAGES =
      List.of(
          Fault.REQUEST_LOST,
          Fault.REPLY_LOST,
          Fault.FAILED_BEFORE_APPLYING,
          Fault.FAILED_AFTER_APPLYING,
          Fault.THROTTLED,
          Fault.DENIED,
          Fault.UNREACHABLE);

  private RandomFaults() {}
}
