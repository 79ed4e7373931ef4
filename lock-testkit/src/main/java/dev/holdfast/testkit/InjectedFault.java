package dev.holdfast.testkit;

/**
 * One entry of a {@link FaultInjector} script, for what plays it.
 *
 * @param fault what goes wrong
 * @param delivery the handle that the script's author holds; used by the faults that hold something
 * @param beforeApply what happens elsewhere after the client sent and before the table applies
 * @param afterApply what happens elsewhere after the table applied and before the client hears of
 *     it
 */
public record InjectedFault(
    Fault fault, PendingDelivery delivery, Runnable beforeApply, Runnable afterApply) {
  static InjectedFault of(Fault fault) {
    return new InjectedFault(
        fault, new PendingDelivery(), InjectedFault::noOp, InjectedFault::noOp);
  }

  static InjectedFault beforeApply(Runnable event) {
    return new InjectedFault(Fault.NONE, new PendingDelivery(), event, InjectedFault::noOp);
  }

  static InjectedFault afterApply(Runnable event) {
    return new InjectedFault(Fault.NONE, new PendingDelivery(), InjectedFault::noOp, event);
  }

  private static void noOp() {}
}
