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
 * Event bus that invokes a function twice with each event, as EventBridge may do without any error.
 * The bus does not retry a failed event, because Lambda retries after one minute at the earliest.
 */
public final class EventBus {
  private final FunctionPool function;
  private final RunClock clock;

  /**
   * Creates a bus with one rule.
   *
   * @param function the target of the rule
   * @param clock the clock of the run
   */
  public EventBus(FunctionPool function, RunClock clock) {
    this.function = function;
    this.clock = clock;
  }

  /**
   * Starts to deliver events.
   *
   * @param events the events, each with its two delivery times
   * @return a future that completes when all deliveries have been processed
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
