package dev.holdfast.verification.waitqueue;

import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.verification.support.PutAndDeleteProxy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/**
 * Client of one host. Requests and replies take time, a missing reply takes until the timeout, and
 * an interrupt ends the call at any point, as in the SDK.
 */
final class HostDynamoDbClient extends PutAndDeleteProxy {
  private final World world;
  private final SimulatedNetwork network;

  HostDynamoDbClient(World world, SimulatedTable table, SimulatedNetwork network) {
    super(table);
    this.world = world;
    this.network = network;
  }

  /** The response or the failure of a request. */
  private record RequestResult<T>(@Nullable T response, @Nullable SdkException failure) {
    static <T> RequestResult<T> of(Supplier<T> operation) {
      try {
        return new RequestResult<>(operation.get(), null);
      } catch (SdkException e) {
        return new RequestResult<>(null, e);
      }
    }

    T get() {
      if (response == null) {
        throw failure == null ? new IllegalStateException("neither response nor failure") : failure;
      }
      return response;
    }
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    TableRequest tableRequest = TableRequest.fromRequest(request);
    return exchange(tableRequest, () -> table().putItem(request), request.overrideConfiguration());
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    TableRequest tableRequest = TableRequest.fromRequest(request);
    return exchange(
        tableRequest, () -> table().deleteItem(request), request.overrideConfiguration());
  }

  private <T> T exchange(
      TableRequest tableRequest,
      Supplier<T> operation,
      Optional<AwsRequestOverrideConfiguration> overrides) {
    Worker worker = world.currentWorker();
    worker.onRequest(tableRequest);
    long sentNanos = world.timeSource().monotonicNanos();
    RequestResult<T> result = new RequestResult<>(null, null);
    try {
      result = send(operation);
      world.timeSource().sleep(replyDelay(result, sentNanos, overrides));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      result = new RequestResult<>(null, AbortedException.create("Thread was interrupted", e));
    }
    worker.onReply(tableRequest, Optional.ofNullable(result.failure()));
    return result.get();
  }

  private <T> RequestResult<T> send(Supplier<T> operation) throws InterruptedException {
    try {
      world.timeSource().sleep(network.oneWayLatency());
    } catch (InterruptedException e) {
      if (network.deliversInterruptedRequest()) {
        applyAtTable(operation);
      }
      throw e;
    }
    return applyAtTable(operation);
  }

  private <T> RequestResult<T> applyAtTable(Supplier<T> operation) {
    network.deliverDueRequests();
    network.scheduleNextFault();
    RequestResult<T> result = RequestResult.of(operation);
    world.safetyChecker().observeRows();
    return result;
  }

  /** Returns the time until the reply, or until the timeout if there is none. */
  private Duration replyDelay(
      RequestResult<?> result,
      long sentNanos,
      Optional<AwsRequestOverrideConfiguration> overrides) {
    if (!(result.failure() instanceof ApiCallTimeoutException)) {
      return network.oneWayLatency();
    }
    Duration timeout =
        overrides.flatMap(AwsRequestOverrideConfiguration::apiCallTimeout).orElseThrow();
    return timeout.minusNanos(world.timeSource().monotonicNanos() - sentNanos);
  }
}
