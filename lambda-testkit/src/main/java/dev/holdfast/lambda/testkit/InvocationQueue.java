package dev.holdfast.lambda.testkit;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The events of one sandbox: waiting for it, taken by it, or answered. Thread-safe.
 *
 * <p>Nothing is left unanswered: an event is put on the list before it looks whether the sandbox
 * has ended, and the end is noted before the list is gone through, so one of the two sees the
 * other.
 */
final class InvocationQueue {
  private final BlockingQueue<Invocation> pending = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> unanswered = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable InvocationResult> terminalResult =
      new AtomicReference<>();

  CompletableFuture<InvocationResult> submit(Invocation invocation) {
    unanswered.put(invocation.requestId(), invocation);
    pending.add(invocation);
    InvocationResult result = terminalResult.get();
    if (result != null) {
      complete(invocation.requestId(), result);
    }
    return invocation.result();
  }

  /** Waits for the next event that nobody has taken. */
  Invocation take() throws InterruptedException {
    return pending.take();
  }

  Optional<Invocation> find(String requestId) {
    return Optional.ofNullable(unanswered.get(requestId));
  }

  /** Answers an event; false where it has been answered already or is not known. */
  boolean complete(String requestId, InvocationResult result) {
    Invocation invocation = unanswered.remove(requestId);
    return invocation != null && invocation.result().complete(result);
  }

  /** Answers every event, open or to come, with the first end that is told. */
  void completeAll(InvocationResult result) {
    terminalResult.compareAndSet(null, result);
    InvocationResult firstResult = terminalResult.get();
    if (firstResult != null) {
      unanswered.keySet().forEach(requestId -> complete(requestId, firstResult));
    }
  }
}
