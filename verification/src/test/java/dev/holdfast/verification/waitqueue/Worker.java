package dev.holdfast.verification.waitqueue;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.verification.waitqueue.AcquireCall.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** One thread of one host, and the state of its current call. */
final class Worker {
  private final World world;
  private final Host host;
  private final int number;
  private final Random random;
  private final Workload workload;
  private final Duration faultsEnd;
  private final LockAcquirer acquirer;
  private @Nullable Thread thread;
  private @Nullable AcquireCall acquireCall;
  private @Nullable TableRequest requestInFlight;
  private boolean waiting;
  private @Nullable Event interruptEvent;
  private long interruptedNanos;
  private int acquireCallCount;

  Worker(World world, Host host, int number, Random random, Workload workload, Duration faultsEnd) {
    this.world = world;
    this.host = host;
    this.number = number;
    this.random = random;
    this.workload = workload;
    this.faultsEnd = faultsEnd;
    this.acquirer = new LockAcquirer(world, this, random, workload);
  }

  Host host() {
    return host;
  }

  long nanos() {
    return timeSource().monotonicNanos();
  }

  TimeSource timeSource() {
    return world.timeSource();
  }

  void bindToThread(Thread workerThread) {
    thread = workerThread;
  }

  void run() throws InterruptedException {
    for (int round = 0; round < workload.rounds() && mayContinue(); round++) {
      timeSource().sleep(workload.randomPause(random));
      acquirer.acquireRandomly();
    }
    long remainingNanos = faultsEnd.plus(InterruptInjector.MAX_INTERVAL).toNanos() - nanos();
    timeSource().sleep(Duration.ofNanos(Math.max(0, remainingNanos)));
    if (!world.hasFailed()) {
      acquirer.acquireAfterFaults();
    }
  }

  private boolean mayContinue() {
    return nanos() < faultsEnd.toNanos() && !world.hasFailed();
  }

  /** Starts a call with a label of its own. */
  AcquireCall startAcquireCall(Kind kind, Duration maxWait) {
    acquireCallCount++;
    String label =
        String.format(Locale.ROOT, "h%d t%d #%d", host.number(), number, acquireCallCount);
    AcquireCall started = new AcquireCall(this, label, kind, maxWait);
    acquireCall = started;
    interruptEvent = null;
    waiting = kind != Kind.BARGING;
    return started;
  }

  /** Ends the call, and clears an interrupt that arrived too late for it. */
  Optional<Event> endAcquireCall() {
    waiting = false;
    Thread.interrupted();
    return Optional.ofNullable(interruptEvent);
  }

  /** Returns the latest call. */
  AcquireCall acquireCall() {
    return Objects.requireNonNull(acquireCall, "a worker that has made a call");
  }

  long interruptedNanos() {
    return interruptedNanos;
  }

  /**
   * Returns whether the thread waits for a lock, in the queue or not, and has not been interrupted.
   */
  boolean isWaiting() {
    return waiting && interruptEvent == null;
  }

  boolean hasRequestInFlight() {
    return requestInFlight != null;
  }

  void interrupt() {
    interruptEvent = classifyInterrupt();
    interruptedNanos = nanos();
    world.log(() -> this + " is interrupted: " + interruptEvent);
    world.timeSource().interrupt(Objects.requireNonNull(thread, "a thread that runs"));
  }

  private Event classifyInterrupt() {
    AcquireCall current = acquireCall();
    if (requestInFlight != null) {
      return requestInFlight.isAcquire()
          ? Event.INTERRUPTED_DURING_ACQUIRE_REQUEST
          : Event.INTERRUPTED_DURING_RELEASE;
    }
    if (current.isYielding()) {
      return Event.INTERRUPTED_YIELDING;
    }
    return current.requestCount() == 0 ? Event.INTERRUPTED_QUEUED : Event.INTERRUPTED_POLLING;
  }

  void onRequest(TableRequest request) {
    world.log(() -> this + " " + request.description());
    world.checkInvariants();
    if (request.isAcquire()) {
      host.queueChecker(request.name()).onRequest(acquireCall(), request);
    }
    requestInFlight = request;
  }

  void onReply(TableRequest request, Optional<SdkException> failure) {
    world.log(
        () ->
            this
                + " receives: "
                + failure.map(e -> e.getClass().getSimpleName()).orElse("applied"));
    boolean answered = failure.map(ConditionalCheckFailedException.class::isInstance).orElse(true);
    if (request.isAcquire()) {
      acquireCall().recordReply(nanos());
    }
    for (WaitQueueChecker queueChecker : host.queueCheckers()) {
      queueChecker.onReply(acquireCall(), request, answered);
    }
    requestInFlight = null;
  }

  @Override
  public String toString() {
    return acquireCall == null ? "h" + host.number() + " t" + number : acquireCall.label();
  }
}
