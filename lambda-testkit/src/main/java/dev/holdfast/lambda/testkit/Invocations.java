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
final class Invocations {
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> open = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable InvocationResult> end = new AtomicReference<>();

  CompletableFuture<InvocationResult> submit(Invocation invocation) {
    open.put(invocation.requestId(), invocation);
    waiting.add(invocation);
    InvocationResult ended = end.get();
    if (ended != null) {
      answer(invocation.requestId(), ended);
    }
    return invocation.result();
  }

  /** Waits for the next event that nobody has taken. */
  Invocation take() throws InterruptedException {
    return waiting.take();
  }

  Optional<Invocation> find(String requestId) {
    return Optional.ofNullable(open.get(requestId));
  }

  /** Answers an event; false where it has been answered already or is not known. */
  boolean answer(String requestId, InvocationResult result) {
    Invocation invocation = open.remove(requestId);
    return invocation != null && invocation.result().complete(result);
  }

  /** Answers every event, open or to come, with the first end that is told. */
  void endWith(InvocationResult result) {
    end.compareAndSet(null, result);
    InvocationResult first = end.get();
    if (first != null) {
      open.keySet().forEach(requestId -> answer(requestId, first));
    }
  }
}
