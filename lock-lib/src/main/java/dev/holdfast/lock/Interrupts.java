package dev.holdfast.lock;

import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Step;
import java.util.function.Supplier;

/** Runs what must be tried even by an interrupted thread, and keeps the interrupt for later. */
final class Interrupts {

  private Interrupts() {}

  static void throwIfInterrupted(Step.Outcome outcome) throws InterruptedException {
    boolean interrupted =
        outcome instanceof Step.Failed failed
            && failed.failure().fault() == Reply.Fault.INTERRUPTED;
    if (interrupted) {
      Thread.interrupted();
      throw interrupted(outcome.ended().claim().name());
    }
  }

  static void throwIfInterrupted(String name) throws InterruptedException {
    if (Thread.interrupted()) {
      throw interrupted(name);
    }
  }

  private static InterruptedException interrupted(String name) {
    return new InterruptedException("interrupted while acquiring lock '" + name + "'");
  }

  static <T> T shielded(Supplier<T> work) {
    boolean interrupted = Thread.interrupted();
    try {
      return work.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
