package dev.holdfast.testkit.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Locks;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What waiting costs on DynamoDB Local, in real time, all crowds side by side, each on a key of its
 * own. That nobody is left out takes more hand-overs than fit here: {@link CrowdTest} counts them.
 * {@code -Dholdfast.crowd.local=4x100,256x1000} runs others: how many, and for how many
 * milliseconds each holds the lock.
 */
class CrowdOnDynamoDbLocalTest {
  private static final String CROWDS = System.getProperty("holdfast.crowd.local", "4x100,16x100");
  private static final int COUNTED_MIN = Integer.getInteger("holdfast.crowd.local.min", 60);
  private static final double REFUSED_MAX = 10;

  private record Size(int waiters, Duration hold) {
    static Size parse(String text) {
      String[] parts = text.split("x", 2);
      return new Size(Integer.parseInt(parts[0]), Duration.ofMillis(Long.parseLong(parts[1])));
    }
  }

  @Test
  void refusedTries_doNotGrowWithTheCrowd() throws Exception {
    List<Size> sizes = Arrays.stream(CROWDS.split(",")).map(Size::parse).toList();
    ExecutorService crowds = Executors.newFixedThreadPool(sizes.size());
    try (LocalDynamoDb server = LocalDynamoDb.start();
        DynamoDbClient client = server.client()) {
      server.createLockTable("locks");
      List<Future<Figures>> running = new ArrayList<>();
      for (Size size : sizes) {
        running.add(crowds.submit(() -> figures(size, client)));
      }
      for (Future<Figures> each : running) {
        Figures figures = each.get();
        assertThat(figures.refused()).isPositive().isLessThanOrEqualTo(REFUSED_MAX);
      }
    } finally {
      crowds.shutdownNow();
    }
  }

  private static Figures figures(Size size, DynamoDbClient client) throws Exception {
    ExecutorService waiters = Executors.newFixedThreadPool(size.waiters());
    try {
      return figures(size, client, waiters);
    } finally {
      waiters.shutdownNow();
    }
  }

  private static Figures figures(Size size, DynamoDbClient client, ExecutorService waiters)
      throws Exception {
    Meter meter = new Meter();
    TimeSource time = TimeSource.system();
    Crowd crowd = new Crowd("crowd-" + size, size.hold(), time, meter);
    Gate gate = new Gate(client, time, Duration.ZERO, meter);
    List<Future<Integer>> running = new ArrayList<>();
    int counted = Math.max(8 * size.waiters(), COUNTED_MIN);
    for (int i = 0; i < size.waiters(); i++) {
      Locks locks = DynamoDbLocks.on(gate, "locks");
      running.add(waiters.submit(() -> crowd.keepsComing(locks, 3 * size.waiters(), counted)));
    }
    List<Integer> turns = turns(running);
    Figures figures = Figures.of(meter, crowd, turns, size.hold().plus(meter.roundTrip()));
    System.out.println(
        "DynamoDB Local, round trip "
            + meter.roundTrip().toNanos() / 1_000
            + " us: "
            + figures.row(size.waiters(), size.hold()));
    return figures;
  }

  private static List<Integer> turns(List<Future<Integer>> running)
      throws InterruptedException, ExecutionException {
    List<Integer> turns = new ArrayList<>();
    for (Future<Integer> each : running) {
      turns.add(each.get());
    }
    return turns;
  }
}
