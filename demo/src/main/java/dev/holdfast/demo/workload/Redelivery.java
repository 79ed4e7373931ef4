package dev.holdfast.demo.workload;

/** How the queue delivers a message a second time, as an at-least-once queue may. */
public enum Redelivery {
  /** Once, unless handling it fails. */
  NONE,
  /** Again while the first delivery is being handled. */
  DURING_PROCESSING,
  /** Again after the first delivery was handled: its deletion got lost. */
  AFTER_PROCESSING
}
