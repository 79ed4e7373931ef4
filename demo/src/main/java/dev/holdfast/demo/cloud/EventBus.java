package dev.holdfast.demo.cloud;

import dev.holdfast.demo.plan.PlannedEvent;
import dev.holdfast.lambda.testkit.SampleEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Invokes a function with each event twice, as EventBridge may: without any error having happened.
 * An event whose handling fails is not tried again, since Lambda does so after a minute at the
 * earliest.
 */
public final class EventBus {
  private final FunctionPool function;
  private final RunClock clock;

  /**
   * A bus with one rule.
   *
   * @param function the rule's target
   * @param clock the run's clock
   */
  public EventBus(FunctionPool function, RunClock clock) {
    this.function = function;
    this.clock = clock;
  }

  /**
   * Starts delivering.
   *
   * @param events what to deliver, each at its two moments
   * @return completed when all deliveries were handled
   */
  public CompletableFuture<Void> start(List<PlannedEvent> events) {
    return CompletableFuture.allOf(
        events.stream()
            .flatMap(event -> Stream.of(at(event.first(), event), at(event.again(), event)))
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Void> at(Duration moment, PlannedEvent event) {
    return Background.run("event-bus", () -> deliver(moment, event));
  }

  private void deliver(Duration moment, PlannedEvent event) throws InterruptedException {
    clock.waitFor(moment);
    NamedSandbox sandbox = function.take();
    function.invoke(sandbox, json(event), 1);
    function.giveBack(sandbox);
  }

  private static String json(PlannedEvent event) {
    return SampleEvents.eventBridge(
        event.work().id(), "shop.calendar", "Report Due", event.detail());
  }
}
