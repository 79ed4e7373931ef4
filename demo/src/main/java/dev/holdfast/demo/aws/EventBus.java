package dev.holdfast.demo.aws;

import dev.holdfast.demo.concurrent.BackgroundTasks;
import dev.holdfast.demo.concurrent.RunClock;
import dev.holdfast.demo.workload.WorkloadEvent;
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
  public CompletableFuture<Void> start(List<WorkloadEvent> events) {
    return CompletableFuture.allOf(
        events.stream()
            .flatMap(
                event ->
                    Stream.of(
                        scheduleDelivery(event.firstDelivery(), event),
                        scheduleDelivery(event.secondDelivery(), event)))
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Void> scheduleDelivery(Duration offset, WorkloadEvent event) {
    return BackgroundTasks.run("event-bus", () -> deliver(offset, event));
  }

  private void deliver(Duration offset, WorkloadEvent event) throws InterruptedException {
    clock.sleepUntil(offset);
    ExecutionEnvironment environment = function.acquire();
    function.invoke(environment, json(event), 1);
    function.release(environment);
  }

  private static String json(WorkloadEvent event) {
    return SampleEvents.eventBridge(
        event.workItem().id(), "shop.calendar", "Report Due", event.detail());
  }
}
