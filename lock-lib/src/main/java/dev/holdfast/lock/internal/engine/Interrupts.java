package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Reply;
import java.util.function.Supplier;

/** Runs what must be tried even by an interrupted thread, and keeps the interrupt for later. */
public final class Interrupts {

  private Interrupts() {}

  static void throwIfInterrupted(AcquireStep.Outcome outcome) throws InterruptedException {
    boolean interrupted =
        outcome instanceof AcquireStep.Failed failed
            && failed.failure().kind() == Reply.FailureKind.INTERRUPTED;
    if (interrupted) {
      Thread.interrupted();
      throw interruptedException(outcome.attempt().spec().name());
    }
  }

  public static void throwIfInterrupted(String name) throws InterruptedException {
    if (Thread.interrupted()) {
      throw interruptedException(name);
    }
  }

  private static InterruptedException interruptedException(String name) {
    return new InterruptedException("interrupted while acquiring lock '" + name + "'");
  }

  public static <T> T callUninterruptibly(Supplier<T> work) {
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
