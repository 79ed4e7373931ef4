package dev.holdfast.testkit;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Request or reply that stays in flight until {@link #deliver()} delivers it. Thread-safe. */
public final class PendingDelivery {
  private static final Duration SEND_TIMEOUT = Duration.ofSeconds(30);

  private final CountDownLatch sent = new CountDownLatch(1);
  private final AtomicReference<@Nullable Runnable> delivery = new AtomicReference<>();

  PendingDelivery() {}

  /**
   * Returns whether a client has sent the request of this fault.
   *
   * @return true after a client has sent it
   */
  public boolean isSent() {
    return sent.getCount() == 0;
  }

  /**
   * Waits until a client has sent the request, for tests with several threads.
   *
   * @throws InterruptedException if this thread is interrupted
   * @throws IllegalStateException if no client sends a request within 30 s
   */
  public void awaitSent() throws InterruptedException {
    if (!sent.await(SEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "a request must be sent within %s, got none", SEND_TIMEOUT));
    }
  }

  /**
   * Delivers the request or the reply. The table applies a request before this method returns, with
   * any outcome of its condition. A reply reaches its waiting client.
   *
   * @throws IllegalStateException if nothing is in flight, or if it was delivered before
   */
  public void deliver() {
    Runnable action = delivery.getAndSet(null);
    if (action == null) {
      throw new IllegalStateException(
          "a delayed request can be delivered once, after a client has sent it; "
              + (isSent() ? "it was delivered before" : "none was sent yet"));
    }
    action.run();
  }

  /**
   * Records that the request was sent. The table or the proxy calls this method.
   *
   * @param onDelivery the action of {@link #deliver()}
   */
  public void markSent(Runnable onDelivery) {
    delivery.set(onDelivery);
    sent.countDown();
  }
}
