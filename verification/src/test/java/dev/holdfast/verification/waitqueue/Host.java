package dev.holdfast.verification.waitqueue;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.internal.engine.DefaultLockClient;
import dev.holdfast.verification.engine.InstrumentedWaitQueues;
import dev.holdfast.verification.support.SeededRandomSource;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One process with its own locks, whose wait queues are observed. */
final class Host implements InstrumentedWaitQueues.WaitQueueListener {
  private static final int MAX_SKEW_MILLIS = 450;

  private final World world;
  private final int number;
  private final LockClient lockClient;
  private final Map<String, WaitQueueChecker> queueCheckers = new TreeMap<>();

  Host(World world, int number, Random random, HostDynamoDbClient client, WaitQueueMutant mutant) {
    this.world = world;
    this.number = number;
    Duration skew = Duration.ofMillis(random.nextInt(2 * MAX_SKEW_MILLIS + 1) - MAX_SKEW_MILLIS);
    this.lockClient =
        new InstrumentedWaitQueues(this, mutant.mutation())
            .instrument(
                DefaultLockClient.withRandomSource(
                    DynamoDbLockClient.create(client, "locks")
                        .withTimeSource(new HostTimeSource(world.timeSource(), skew, mutant)),
                    SeededRandomSource.ofHost(number, random.nextLong())));
  }

  int number() {
    return number;
  }

  LockClient lockClient() {
    return lockClient;
  }

  WaitQueueChecker queueChecker(String name) {
    String location = "host " + number + ", " + name;
    return queueCheckers.computeIfAbsent(
        name, n -> new WaitQueueChecker(location, world.timeSource(), world.statistics()));
  }

  Iterable<WaitQueueChecker> queueCheckers() {
    return queueCheckers.values();
  }

  private void log(String name, String verb) {
    world.log(() -> world.currentWorker() + " " + verb + " " + name);
  }

  @Override
  public void onEnqueued(String name) {
    queueChecker(name).onEnqueued(world.currentWorker().acquireCall());
    log(name, "enters the queue for");
  }

  @Override
  public void onRemoved(String name) {
    log(name, "leaves the queue for");
    queueChecker(name).onRemoved(world.currentWorker().acquireCall());
  }

  @Override
  public void onHoldStarted(String name, long untilNanos) {
    log(name, "holds");
    queueChecker(name).onHoldStarted(world.currentWorker().acquireCall(), untilNanos);
  }

  @Override
  public void onHoldExtended(String name, long untilNanos) {
    queueChecker(name).onHoldExtended(untilNanos);
  }

  @Override
  public void onHoldEnded(String name) {
    log(name, "no longer holds");
    queueChecker(name).onHoldEnded();
  }

  @Override
  public void onYielded(String name) {
    log(name, "yields");
    queueChecker(name).onYielded(world.currentWorker().acquireCall());
  }
}
