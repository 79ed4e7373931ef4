package dev.holdfast.testkit;

/**
 * Entry of a {@link FaultInjector} script, for the table or proxy that injects it.
 *
 * @param fault the fault
 * @param delivery the handle of the test, for faults that delay or duplicate
 * @param beforeApply the event after the client sends the request and before the table applies it
 * @param afterApply the event after the table applies the request and before the client receives
 *     the reply
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
