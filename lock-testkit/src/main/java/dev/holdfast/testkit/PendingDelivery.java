package dev.holdfast.testkit;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A request, or a reply, that is under way until {@link #deliver()} says that it arrives. Safe for
 * use by several threads.
 */
public final class PendingDelivery {
  private static final Duration SEND_TIMEOUT = Duration.ofSeconds(30);

  private final CountDownLatch sent = new CountDownLatch(1);
  private final AtomicReference<@Nullable Runnable> delivery = new AtomicReference<>();

  PendingDelivery() {}

  /**
   * Whether the request that this fault waits for has been sent.
   *
   * @return true once a client has sent it
   */
  public boolean isSent() {
    return sent.getCount() == 0;
  }

  /**
   * Waits until a client has sent the request, for tests with several threads.
   *
   * @throws InterruptedException where this thread is interrupted
   * @throws IllegalStateException where no request came within 30 s
   */
  public void awaitSent() throws InterruptedException {
    if (!sent.await(SEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "a request must be sent within %s, got none", SEND_TIMEOUT));
    }
  }

  /**
   * Lets it arrive: a request is applied before this returns, whatever comes of its condition; a
   * reply reaches its waiting client.
   *
   * @throws IllegalStateException where nothing is under way, or it was delivered before
   */
  public void deliver() {
    Runnable action = delivery.getAndSet(null);
    if (action == null) {
      throw new IllegalStateException(
          "a held request can be delivered once, after a client has sent it; "
              + (isSent() ? "it was delivered before" : "none was sent yet"));
    }
    action.run();
  }

  /**
   * Called by what plays the script, when the request is there.
   *
   * @param onDelivery what {@link #deliver()} does
   */
  public void markSent(Runnable onDelivery) {
    delivery.set(onDelivery);
    sent.countDown();
  }
}
