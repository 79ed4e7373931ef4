package dev.holdfast.verification.waitqueue;

import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.verification.contention.VirtualTimeSource;
import dev.holdfast.verification.support.Invariant;
import dev.holdfast.verification.support.SeededRandom;
import dev.holdfast.verification.support.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Several hosts with several threads, one or two names, and a network. The world runs one schedule
 * from a seed. Threads take turns in virtual time, so that each run is equal.
 */
final class World {
  private static final int MIN_HOSTS = 2;
  private static final int MIN_THREADS = 2;
  private static final int MIN_FAULT_PERIOD_MILLIS = 4_000;
  private static final int FAULT_PERIOD_RANGE_MILLIS = 12_000;

  private final VirtualTimeSource timeSource = new VirtualTimeSource();
  private final Trace trace;
  private final EventStatistics statistics = new EventStatistics();
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final SafetyChecker safetyChecker = new SafetyChecker(table, timeSource);
  private final SimulatedNetwork network;
  private final List<Host> hosts = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final Map<Thread, Worker> workersByThread = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
  private final InterruptInjector interruptInjector;

  World(Schedule schedule, Trace trace) {
    Random random = SeededRandom.create(schedule.seed());
    this.trace = trace;
    this.network = new SimulatedNetwork(timeSource, random, table.faults(), statistics);
    Workload workload = Workload.random(random);
    int faultPeriodMillis = MIN_FAULT_PERIOD_MILLIS + random.nextInt(FAULT_PERIOD_RANGE_MILLIS);
    Duration faultsEnd = Duration.ofMillis(faultPeriodMillis);
    int count = MIN_HOSTS + random.nextInt(2);
    for (int number = 1; number <= count; number++) {
      HostDynamoDbClient client = new HostDynamoDbClient(this, table, network);
      Host host = new Host(this, number, random, client, schedule.mutant());
      hosts.add(host);
      for (int threads = MIN_THREADS + random.nextInt(4); threads > 0; threads--) {
        Random workerRandom = new Random(random.nextLong());
        workers.add(new Worker(this, host, workers.size() + 1, workerRandom, workload, faultsEnd));
      }
    }
    this.interruptInjector = new InterruptInjector(this, new Random(random.nextLong()), faultsEnd);
  }

  VirtualTimeSource timeSource() {
    return timeSource;
  }

  EventStatistics statistics() {
    return statistics;
  }

  SafetyChecker safetyChecker() {
    return safetyChecker;
  }

  SimulatedNetwork network() {
    return network;
  }

  List<Worker> workers() {
    return workers;
  }

  /** Returns the worker of the current thread. */
  Worker currentWorker() {
    return Objects.requireNonNull(
        workersByThread.get(Thread.currentThread()), "a thread of this world");
  }

  /** Traces a step. Steps after a violation are omitted, since they do not show its cause. */
  void log(Supplier<String> message) {
    if (!hasFailed()) {
      trace.log(timeSource, message);
    }
  }

  boolean hasFailed() {
    return firstFailure.get() != null;
  }

  /** Checks all locks and all queues. */
  void checkInvariants() {
    safetyChecker.checkSingleHolder();
    hosts.forEach(host -> host.queueCheckers().forEach(WaitQueueChecker::checkInvariants));
  }

  /** Runs until all threads have ended, and throws the first violation. */
  void run(EventStatistics totals) throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    workers.forEach(worker -> tasks.add(() -> runTask(worker::run, worker)));
    tasks.add(() -> runTask(interruptInjector::run, null));
    try {
      timeSource.run(tasks);
      Throwable failure = firstFailure.get();
      if (failure != null) {
        throw new AssertionError(failure.getMessage(), failure);
      }
      hosts.forEach(host -> host.queueCheckers().forEach(WaitQueueChecker::checkEmpty));
      Invariant.require(
          timeSource.sleeperCount() == 0, "threads still asleep", timeSource.sleeperCount());
    } finally {
      statistics.add(table.faults());
      totals.add(statistics, workers.size());
    }
  }

  /** Runs one thread. The first failure is the cause; the other threads end normally. */
  private boolean runTask(Task task, @Nullable Worker worker) {
    if (worker != null) {
      workersByThread.put(Thread.currentThread(), worker);
      worker.bindToThread(Thread.currentThread());
    }
    try {
      task.run();
      return true;
    } catch (Exception | AssertionError e) {
      log(() -> "broken: " + e.getMessage());
      firstFailure.compareAndSet(null, e);
      return false;
    }
  }

  /** The work of a thread. */
  private interface Task {
    void run() throws Exception;
  }
}
