package dev.holdfast.testkit.line;

import dev.holdfast.testkit.Seeds;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.Story;
import dev.holdfast.testkit.crowd.VirtualTime;
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
 * Some hosts, each with some threads, one or two names, and a network: one schedule, drawn from a
 * seed. Threads take turns in virtual time, so that it is the same each time.
 */
final class World {
  private static final int HOSTS_MIN = 2;
  private static final int THREADS_MIN = 2;
  private static final int FAULTY_MILLIS_MIN = 4_000;
  private static final int FAULTY_MILLIS = 12_000;

  private final VirtualTime time = new VirtualTime();
  private final Story story;
  private final Tally tally = new Tally();
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final Judge judge = new Judge(table, time);
  private final Network network;
  private final List<Host> hosts = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final Map<Thread, Worker> running = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
  private final Conductor conductor;

  World(Schedule schedule, Story story) {
    Random random = Seeds.random(schedule.seed());
    this.story = story;
    this.network = new Network(time, random, table.faults(), tally);
    Habits habits = Habits.drawn(random);
    int faulty = FAULTY_MILLIS_MIN + random.nextInt(FAULTY_MILLIS);
    Duration faultsEnd = Duration.ofMillis(faulty);
    int count = HOSTS_MIN + random.nextInt(2);
    for (int number = 1; number <= count; number++) {
      Wire wire = new Wire(this, table, network);
      Host host = new Host(this, number, random, wire, schedule.rule());
      hosts.add(host);
      for (int threads = THREADS_MIN + random.nextInt(4); threads > 0; threads--) {
        Random own = new Random(random.nextLong());
        workers.add(new Worker(this, host, workers.size() + 1, own, habits, faultsEnd));
      }
    }
    this.conductor = new Conductor(this, new Random(random.nextLong()), faultsEnd);
  }

  VirtualTime time() {
    return time;
  }

  Tally tally() {
    return tally;
  }

  Judge judge() {
    return judge;
  }

  Network network() {
    return network;
  }

  List<Worker> workers() {
    return workers;
  }

  /** The thread that runs, of all those that take turns. */
  Worker worker() {
    return Objects.requireNonNull(running.get(Thread.currentThread()), "a thread of this world");
  }

  /** What is done after something was broken says nothing of the cause. */
  void tell(Supplier<String> what) {
    if (!isBroken()) {
      story.tell(time, what);
    }
  }

  boolean isBroken() {
    return broken.get() != null;
  }

  /** Everybody looks: nobody sleeps through its turn, and nobody believes in another's lock. */
  void look() {
    judge.checkHolders();
    hosts.forEach(host -> host.queues().forEach(Queue::look));
  }

  /** Runs until all threads have ended, and throws what was broken first. */
  void run(Tally total) throws Exception {
    List<Callable<Boolean>> threads = new ArrayList<>();
    workers.forEach(worker -> threads.add(() -> noting(worker::run, worker)));
    threads.add(() -> noting(conductor::run, null));
    try {
      time.run(threads);
      Throwable what = broken.get();
      if (what != null) {
        throw new AssertionError(what.getMessage(), what);
      }
      hosts.forEach(host -> host.queues().forEach(Queue::isEmptyInTheEnd));
      Judge.require(time.asleep() == 0, "still asleep", time.asleep());
    } finally {
      tally.add(table.faults());
      total.add(tally, workers.size());
    }
  }

  /** What goes wrong first is the cause; the others come to their end. */
  private boolean noting(Work work, @Nullable Worker worker) {
    if (worker != null) {
      running.put(Thread.currentThread(), worker);
      worker.startsIn(Thread.currentThread());
    }
    try {
      work.run();
      return true;
    } catch (Exception | AssertionError e) {
      tell(() -> "broken: " + e.getMessage());
      broken.compareAndSet(null, e);
      return false;
    }
  }

  /** What a thread does. */
  private interface Work {
    void run() throws Exception;
  }
}
