package dev.holdfast.testkit;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sends a request once, over a network with the faults of the script. */
final class FaultyTransport {
  private final RowStore store;
  private final FaultInjector faults;
  private final Consumer<Duration> timeoutClock;

  FaultyTransport(RowStore store, FaultInjector faults, Consumer<Duration> timeoutClock) {
    this.store = store;
    this.faults = faults;
    this.timeoutClock = timeoutClock;
  }

  /**
   * Returns the old row if the request asks for it, or throws the exception that the SDK throws.
   *
   * @param timeout the time that the client waits for a reply
   */
  Optional<Map<String, AttributeValue>> send(TableWrite write, Duration timeout) {
    InjectedFault scripted = faults.nextFault();
    scripted.beforeApply().run();
    return switch (scripted.fault()) {
      case NONE -> reply(write, scripted);
      case REPLY_DELAYED -> replyOnDelivery(write, scripted.delivery());
      case DUPLICATED -> replyAndDuplicate(write, scripted.delivery());
      case REPLY_LOST -> throw timeOut(timeout, () -> applyIgnoringReply(write));
      case REQUEST_LOST -> throw timeOut(timeout, () -> {});
      case REQUEST_DELAYED ->
          throw timeOut(
              timeout, () -> scripted.delivery().markSent(() -> applyIgnoringReply(write)));
      case FAILED_AFTER_APPLYING -> throw internalError(() -> applyIgnoringReply(write));
      case FAILED_BEFORE_APPLYING -> throw internalError(() -> {});
      case THROTTLED -> throw ServiceError.throttled().toException();
      case THROUGHPUT_EXCEEDED -> throw ServiceError.throughputExceeded().toException();
      case TRANSACTION_CONFLICT -> throw ServiceError.transactionConflict().toException();
      case REPLICATED_WRITE_CONFLICT -> throw ServiceError.replicatedWriteConflict().toException();
      case DENIED ->
          throw ServiceError.accessDenied(write.operation().wireName(), write.table())
              .toException();
      case UNREACHABLE -> throw unreachable();
    };
  }

  private Optional<Map<String, AttributeValue>> reply(TableWrite write, InjectedFault scripted) {
    try {
      return store.apply(write);
    } finally {
      scripted.afterApply().run();
    }
  }

  private Optional<Map<String, AttributeValue>> replyOnDelivery(
      TableWrite write, PendingDelivery delivery) {
    try {
      return store.apply(write);
    } finally {
      awaitDelivery(delivery);
    }
  }

  private Optional<Map<String, AttributeValue>> replyAndDuplicate(
      TableWrite write, PendingDelivery delivery) {
    delivery.markSent(() -> applyIgnoringReply(write));
    return store.apply(write);
  }

  private SdkException timeOut(Duration timeout, Runnable beforeTimeout) {
    beforeTimeout.run();
    timeoutClock.accept(timeout);
    return TimeoutErrors.attemptTimeout(timeout);
  }

  private static SdkException internalError(Runnable beforeError) {
    beforeError.run();
    return ServiceError.internal().toException();
  }

  /** Exception without a stack trace, because a simulation throws it thousands of times. */
  private static final class ConnectionRefused extends ConnectException {
    private static final long serialVersionUID = 1;

    ConnectionRefused() {
      super("Connection refused");
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // no thread shares the exception
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  private static SdkException unreachable() {
    return SdkClientException.builder()
        .message("Unable to execute HTTP request: Connection refused")
        .cause(new ConnectionRefused())
        .writableStackTrace(false)
        .build();
  }

  /** Applies a write whose reply no client receives. */
  private void applyIgnoringReply(TableWrite write) {
    try {
      store.apply(write);
    } catch (AwsServiceException ignored) {
      // the reply is lost, also that of a rejected write
    }
  }

  private static void awaitDelivery(PendingDelivery delivery) {
    var delivered = new CountDownLatch(1);
    delivery.markSent(delivered::countDown);
    try {
      delivered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Thread was interrupted", e);
    }
  }
}
