package dev.holdfast.testkit.line;

import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/**
 * One host's way to the table: there and back take time, so does silence until its time-out, and an
 * interrupt ends the call on any part of the way, as it ends one of the SDK.
 */
final class Wire implements DynamoDbClient {
  private final World world;
  private final SimulatedTable table;
  private final Network network;

  Wire(World world, SimulatedTable table, Network network) {
    this.world = world;
    this.table = table;
    this.network = network;
  }

  /** What came back from the table. */
  private record Heard<T>(@Nullable T answer, @Nullable SdkException failure) {
    static <T> Heard<T> of(Supplier<T> sending) {
      try {
        return new Heard<>(sending.get(), null);
      } catch (SdkException e) {
        return new Heard<>(null, e);
      }
    }

    T get() {
      if (answer == null) {
        throw failure == null ? new IllegalStateException("nothing was heard") : failure;
      }
      return answer;
    }
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    Call call = Call.of(request);
    return passing(call, () -> table.putItem(request), request.overrideConfiguration());
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    Call call = Call.of(request);
    return passing(call, () -> table.deleteItem(request), request.overrideConfiguration());
  }

  private <T> T passing(
      Call call, Supplier<T> sending, Optional<AwsRequestOverrideConfiguration> limits) {
    Worker worker = world.worker();
    worker.sends(call);
    long sent = world.time().monotonicNanos();
    Heard<T> heard = new Heard<>(null, null);
    try {
      heard = there(sending);
      world.time().sleep(back(heard, sent, limits));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      heard = new Heard<>(null, AbortedException.create("Thread was interrupted", e));
    }
    worker.hears(call, Optional.ofNullable(heard.failure()));
    return heard.get();
  }

  private <T> Heard<T> there(Supplier<T> sending) throws InterruptedException {
    try {
      world.time().sleep(network.halfWay());
    } catch (InterruptedException e) {
      if (network.arrivesAllTheSame()) {
        atTheTable(sending);
      }
      throw e;
    }
    return atTheTable(sending);
  }

  private <T> Heard<T> atTheTable(Supplier<T> sending) {
    network.deliverWhatIsDue();
    network.drawNext();
    Heard<T> heard = Heard.of(sending);
    world.judge().looksAtRows();
    return heard;
  }

  /** Who hears nothing waits until its time-out. */
  private Duration back(
      Heard<?> heard, long sentNanos, Optional<AwsRequestOverrideConfiguration> limits) {
    if (!(heard.failure() instanceof ApiCallTimeoutException)) {
      return network.halfWay();
    }
    Duration most = limits.flatMap(AwsRequestOverrideConfiguration::apiCallTimeout).orElseThrow();
    return most.minusNanos(world.time().monotonicNanos() - sentNanos);
  }

  @Override
  public DynamoDbServiceClientConfiguration serviceClientConfiguration() {
    return table.serviceClientConfiguration();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
