package dev.holdfast.lambda.integration;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.LockedHandler;
import dev.holdfast.lambda.LockedSqsHandler;
import dev.holdfast.lock.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Deployable functions for the real runtime client. */
final class OrderFunctions {

  /** Order as a user declares it. */
  public record Order(String id, String step) {}

  /** Result of the work. */
  public record Receipt(String done, String lock, List<String> threadsBefore) {}

  /** Exception as a user declares it. */
  public static final class OutOfPaperException extends Exception {
    private static final long serialVersionUID = 1L;

    OutOfPaperException(String message) {
      super(message);
    }
  }

  /** Generic base class of a user that swaps the type parameters. */
  abstract static class GenericHandler<R, E> extends LockedHandler<E, R> {
    private List<String> threads = List.of();

    GenericHandler() {
      super(Guard.fromEnvironment().deduplicating(Duration.ofDays(1)));
    }

    @Override
    protected String resourceId(E event) {
      threads =
          Thread.getAllStackTraces().keySet().stream()
              .map(thread -> thread.getName() + ": " + thread.getState())
              .sorted()
              .toList();
      return event.toString();
    }

    List<String> threads() {
      return threads;
    }
  }

  /** Function that processes an order. */
  public static final class ShipHandler extends GenericHandler<Receipt, Order> {
    @Override
    protected String resourceId(Order order) {
      return super.resourceId(order).isEmpty() ? "" : "order-" + order.id();
    }

    @Override
    protected Optional<String> eventId(Order order) {
      return Optional.of(order.id() + "/" + order.step());
    }

    @Override
    protected Receipt handle(Order order, Lease lease, Context context) throws OutOfPaperException {
      if (order.step().equals("print")) {
        throw new OutOfPaperException("no paper for order " + order.id());
      }
      lease.ensureHeld();
      return new Receipt(order.step() + " " + order.id(), lease.name(), threads());
    }
  }

  /** Function that returns the fencing token. The order "hang" runs until the process is killed. */
  public static final class TokenHandler extends LockedHandler<Order, Long> {
    public TokenHandler() {
      super(Guard.fromEnvironment());
    }

    @Override
    protected String resourceId(Order order) {
      return "order-" + order.id();
    }

    @Override
    protected Long handle(Order order, Lease lease, Context context) throws InterruptedException {
      long token = lease.fencingToken().value();
      if (order.step().equals("hang")) {
        new CountDownLatch(1).await();
      }
      return token;
    }
  }

  /** Function that processes messages. The message "stop" is interrupted. */
  public static final class BatchHandler extends LockedSqsHandler {
    public BatchHandler() {
      super(Guard.fromEnvironment());
    }

    @Override
    protected String resourceId(SQSMessage message) {
      return message.getBody();
    }

    @Override
    protected void handle(SQSMessage message, Lease lease, Context context)
        throws InterruptedException {
      if (message.getBody().equals("stop")) {
        throw new InterruptedException("stopped by a library");
      }
    }
  }

  /** Function with an unresolved event type. */
  public static class UnresolvedTypeHandler<E> extends GenericHandler<Void, E> {
    @Override
    @SuppressWarnings("NullAway") // the only value of Void is null
    protected Void handle(E event, Lease lease, Context context) {
      return null;
    }
  }

  private OrderFunctions() {}
}
