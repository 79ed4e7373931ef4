package dev.holdfast.testkit.line;

import dev.holdfast.lock.Locks;
import dev.holdfast.lock.WatchedLines;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.crowd.SeededDraws;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One process: locks of its own, whose lines are watched. */
final class Host implements WatchedLines.Watcher {
  private static final int OFF_MILLIS_MAX = 450;

  private final World world;
  private final int number;
  private final Locks locks;
  private final Map<String, Queue> queues = new TreeMap<>();

  Host(World world, int number, Random random, Wire wire, BadLine rule) {
    this.world = world;
    this.number = number;
    Duration off = Duration.ofMillis(random.nextInt(2 * OFF_MILLIS_MAX + 1) - OFF_MILLIS_MAX);
    this.locks =
        new WatchedLines(this, rule.rule())
            .of(
                DynamoDbLocks.on(wire, "locks")
                    .withTime(new HostTime(world.time(), off, rule))
                    .withDraws(new SeededDraws(number, random.nextLong())));
  }

  int number() {
    return number;
  }

  Locks locks() {
    return locks;
  }

  Queue queue(String name) {
    String where = "host " + number + ", " + name;
    return queues.computeIfAbsent(name, n -> new Queue(where, world.time(), world.tally()));
  }

  Iterable<Queue> queues() {
    return queues.values();
  }

  private void tell(String name, String what) {
    world.tell(() -> world.worker() + " " + what + " " + name);
  }

  @Override
  public void entered(String name) {
    queue(name).entered(world.worker().wish());
    tell(name, "stands in line for");
  }

  @Override
  public void left(String name) {
    tell(name, "leaves the line for");
    queue(name).left(world.worker().wish());
  }

  @Override
  public void held(String name, long untilNanos) {
    tell(name, "has");
    queue(name).held(world.worker().wish(), untilNanos);
  }

  @Override
  public void extended(String name, long untilNanos) {
    queue(name).extended(untilNanos);
  }

  @Override
  public void ended(String name) {
    tell(name, "no longer has");
    queue(name).ended();
  }

  @Override
  public void rests(String name) {
    tell(name, "lets others by, who want");
    queue(name).rests(world.worker().wish());
  }
}
