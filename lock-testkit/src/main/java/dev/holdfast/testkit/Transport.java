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

/** One sending of a request over a network that does what the script says. */
final class Transport {
  private final Rows rows;
  private final Faults faults;
  private final Consumer<Duration> clock;

  Transport(Rows rows, Faults faults, Consumer<Duration> clock) {
    this.rows = rows;
    this.faults = faults;
    this.clock = clock;
  }

  /**
   * Answers the old row where it was wanted, or throws what the SDK throws.
   *
   * @param silence how long the client waits where it hears nothing
   */
  Optional<Map<String, AttributeValue>> send(Write write, Duration silence) {
    ScriptedFault scripted = faults.take();
    scripted.before().run();
    return switch (scripted.fault()) {
      case NONE -> answered(write, scripted);
      case REPLY_HELD -> answeredWhenTold(write, scripted.held());
      case DUPLICATED -> duplicated(write, scripted.held());
      case REPLY_LOST -> throw silent(silence, () -> applyQuietly(write));
      case REQUEST_LOST -> throw silent(silence, () -> {});
      case REQUEST_HELD ->
          throw silent(silence, () -> scripted.held().hold(() -> applyQuietly(write)));
      case FAILED_AFTER_APPLYING -> throw failed(() -> applyQuietly(write));
      case FAILED_BEFORE_APPLYING -> throw failed(() -> {});
      case THROTTLED -> throw ServiceError.throttled().exception();
      case THROUGHPUT_EXCEEDED -> throw ServiceError.throughputExceeded().exception();
      case DENIED ->
          throw ServiceError.accessDenied(write.operation().wireName(), write.table()).exception();
      case UNREACHABLE -> throw unreachable();
    };
  }

  private Optional<Map<String, AttributeValue>> answered(Write write, ScriptedFault scripted) {
    try {
      return rows.apply(write);
    } finally {
      scripted.after().run();
    }
  }

  private Optional<Map<String, AttributeValue>> answeredWhenTold(Write write, HeldRequest held) {
    try {
      return rows.apply(write);
    } finally {
      awaitDelivery(held);
    }
  }

  private Optional<Map<String, AttributeValue>> duplicated(Write write, HeldRequest held) {
    held.hold(() -> applyQuietly(write));
    return rows.apply(write);
  }

  private SdkException silent(Duration silence, Runnable meanwhile) {
    meanwhile.run();
    clock.accept(silence);
    return TimedOut.attempt(silence);
  }

  private static SdkException failed(Runnable first) {
    first.run();
    return ServiceError.internal().exception();
  }

  /** Thousands of times in a simulation: without a stack trace, which says nothing here. */
  private static final class Refused extends ConnectException {
    private static final long serialVersionUID = 1;

    Refused() {
      super("Connection refused");
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing is shared
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  private static SdkException unreachable() {
    return SdkClientException.builder()
        .message("Unable to execute HTTP request: Connection refused")
        .cause(new Refused())
        .writableStackTrace(false)
        .build();
  }

  /** What the table answers reaches nobody here. */
  private void applyQuietly(Write write) {
    try {
      rows.apply(write);
    } catch (AwsServiceException unheard) {
      // the reply is lost: a refusal is as silent as a success
    }
  }

  private static void awaitDelivery(HeldRequest held) {
    var delivered = new CountDownLatch(1);
    held.hold(delivered::countDown);
    try {
      delivered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Thread was interrupted", e);
    }
  }
}
