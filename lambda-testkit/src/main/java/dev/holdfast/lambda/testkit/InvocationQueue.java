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
 * Queue of the events of one execution environment: pending, in progress or completed. Thread-safe.
 *
 * <p>The queue completes every event. A submitter adds its event to the list before it checks
 * whether the execution environment has ended. The terminator records the end before it reads the
 * list. So at least one of the two sees the other.
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

  /** Waits for the next pending event. */
  Invocation take() throws InterruptedException {
    return pending.take();
  }

  Optional<Invocation> find(String requestId) {
    return Optional.ofNullable(unanswered.get(requestId));
  }

  /** Completes an event. Returns false if the event was completed before or is unknown. */
  boolean complete(String requestId, InvocationResult result) {
    Invocation invocation = unanswered.remove(requestId);
    return invocation != null && invocation.result().complete(result);
  }

  /** Completes every event, present and future, with the first result that this method receives. */
  void completeAll(InvocationResult result) {
    terminalResult.compareAndSet(null, result);
    InvocationResult firstResult = terminalResult.get();
    if (firstResult != null) {
      unanswered.keySet().forEach(requestId -> complete(requestId, firstResult));
    }
  }
}
