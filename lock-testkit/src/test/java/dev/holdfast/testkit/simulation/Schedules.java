package dev.holdfast.testkit.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Many schedules, one seed after the other in each kind of world in turn, on several threads. */
final class Schedules {
  private static final int BROKEN_MAX = 5;
  private static final int SHOWN_EVERY = 10_000;

  private final List<Worlds> kinds;
  private final long first;
  private final long count;
  private final AtomicLong next = new AtomicLong();
  private final Map<Worlds, Tally> tallies = new EnumMap<>(Worlds.class);
  private final List<Schedule> broken = new ArrayList<>();

  /**
   * None is played yet.
   *
   * @param first the first seed in each world
   * @param count how many schedules in all worlds together
   */
  Schedules(List<Worlds> kinds, long first, long count) {
    this.kinds = List.copyOf(kinds);
    this.first = first;
    this.count = count;
    kinds.forEach(kind -> tallies.put(kind, new Tally()));
  }

  /** What schedules in each kind of world met. */
  Map<Worlds, Tally> tallies() {
    return tallies;
  }

  /** What all of them met. */
  Tally tally() {
    Tally all = new Tally();
    tallies.values().forEach(all::addAll);
    return all;
  }

  /** Some of the schedules in which a promise was broken. */
  synchronized List<Schedule> broken() {
    return List.copyOf(broken);
  }

  /**
   * Plays them.
   *
   * @param threads schedules share nothing, so any number will do
   */
  Schedules play(int threads) throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> players = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        players.add(this::playOneByOne);
      }
      for (Future<Void> player : pool.invokeAll(players)) {
        player.get();
      }
      return this;
    } finally {
      pool.shutdownNow();
    }
  }

  private Void playOneByOne() {
    for (long number = next.getAndIncrement();
        number < count && broken().size() < BROKEN_MAX;
        number = next.getAndIncrement()) {
      Worlds kind = kinds.get((int) (number % kinds.size()));
      play(Schedule.of(kind, first + number / kinds.size()));
      if ((number + 1) % SHOWN_EVERY == 0) {
        System.out.printf("%,d of %,d schedules%n", number + 1, count);
      }
    }
    return null;
  }

  private void play(Schedule schedule) {
    Tally tally = Objects.requireNonNull(tallies.get(schedule.kind()), "a world that is played");
    if (schedule.broken(tally).isPresent()) {
      synchronized (this) {
        broken.add(schedule);
      }
    }
  }
}
