package dev.holdfast.verification.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Statistics of schedules in several kinds of worlds. */
final class WorldStatistics {
  private final List<WorldKind> worldKinds;
  private final Map<WorldKind, EventStatistics> statisticsByWorld = new EnumMap<>(WorldKind.class);

  WorldStatistics(List<WorldKind> worldKinds) {
    this.worldKinds = List.copyOf(worldKinds);
    worldKinds.forEach(worldKind -> statisticsByWorld.put(worldKind, new EventStatistics()));
  }

  /** Returns the schedule of an index: each seed in each kind of world, in turn. */
  Schedule schedule(long firstSeed, long index) {
    WorldKind worldKind = worldKinds.get((int) (index % worldKinds.size()));
    return Schedule.of(worldKind, firstSeed + index / worldKinds.size());
  }

  /** Runs a schedule, adds it to its world, and returns whether it violates an invariant. */
  boolean isViolatedBy(Schedule schedule) {
    EventStatistics statistics =
        Objects.requireNonNull(statisticsByWorld.get(schedule.worldKind()), "a world of this run");
    return schedule.findViolation(statistics).isPresent();
  }

  Map<WorldKind, EventStatistics> byWorld() {
    return statisticsByWorld;
  }

  EventStatistics total() {
    EventStatistics total = new EventStatistics();
    statisticsByWorld.values().forEach(total::addAll);
    return total;
  }

  void assertMinimums() {
    statisticsByWorld.forEach((world, statistics) -> statistics.assertMinimums(world));
  }
}
