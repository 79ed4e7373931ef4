package dev.holdfast.samples;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import java.util.function.Consumer;

/**
 * Service that locks outside Lambda; {@link ShippingServiceTest} tests it. Its lock client is a
 * constructor argument, so that a test can replace it.
 */
final class ShippingService {
  private final LockClient locks;
  private final Consumer<String> carrier;

  ShippingService(LockClient locks, Consumer<String> carrier) {
    this.locks = locks;
    this.carrier = carrier;
  }

  /** Ships an order at most once. */
  String ship(String order) throws InterruptedException {
    LockRequest request = LockRequest.of("order-" + order).maxWait(ofSeconds(5));
    try (HeldLock lock = locks.acquire(request)) {
      carrier.accept(order);
      lock.ensureHeld();
      lock.complete(ofDays(1));
      return "shipped";
    } catch (AlreadyCompletedException e) {
      return "was shipped before";
    } catch (LockUnavailableException e) {
      return "is being shipped by " + e.holder().description();
    }
  }
}
