package dev.holdfast.demo.workload;

import dev.holdfast.demo.workload.WorkloadMessage.Redelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Messages and events of a run, generated from a seed.
 *
 * <p>The first four messages of an order are sent within {@link #BURST_SPREAD} of each other. The
 * invoice follows some seconds later, after the lease of the earlier steps can have expired. So an
 * order whose holder crashed receives another message.
 *
 * @param seed the seed
 * @param messages the messages in sending order
 * @param events the events in the order of their first delivery
 */
public record Workload(long seed, List<WorkloadMessage> messages, List<WorkloadEvent> events) {
  /** Number of orders; they are numbered from 1. */
  public static final int ORDERS = 40;

  /** Steps of every order, one message each. */
  public static final List<String> STEPS = List.of("pay", "reserve", "pack", "ship", "invoice");

  /** Step that is sent late. */
  public static final String LAST_STEP = "invoice";

  /** Subject of every report. */
  public static final String REPORT_SUBJECT = "nightly-report";

  private static final List<String> REPORTS =
      List.of("sales", "stock", "returns", "taxes", "payouts", "carriers");
  private static final int REDELIVERIES_PER_KIND = 20;
  private static final Duration ARRIVAL_SPREAD = Duration.ofMillis(5_500);
  private static final Duration BURST_SPREAD = Duration.ofMillis(300);
  private static final Duration LAST_STEP_DELAY = Duration.ofSeconds(3);
  private static final Duration LAST_STEP_SPREAD = Duration.ofMillis(1_200);
  private static final Duration FIRST_EVENT_AT = Duration.ofMillis(500);
  private static final Duration EVENT_SPREAD = Duration.ofSeconds(6);
  private static final int MIN_WORK_MILLIS = 30;
  private static final int MAX_WORK_MILLIS = 120;

  /** Copies the lists. */
  public Workload {
    messages = List.copyOf(messages);
    events = List.copyOf(events);
  }

  /**
   * Generates a workload.
   *
   * @param seed any number; equal seeds give equal workloads
   * @return 200 messages, 40 of them to be delivered twice, and some events
   */
  public static Workload generate(long seed) {
    return new Generator(new Random(seed)).generate(seed);
  }

  /**
   * Returns all work that must be completed at the end of the run.
   *
   * @return the work items of all messages and events
   */
  public List<WorkItem> workItems() {
    return Stream.concat(
            messages.stream().map(WorkloadMessage::workItem),
            events.stream().map(WorkloadEvent::workItem))
        .toList();
  }

  /** Generates the random values in a fixed order. */
  private record Generator(Random random) {

    Workload generate(long seed) {
      List<WorkloadMessage> messages = messages();
      messages.sort(Comparator.comparing(WorkloadMessage::sendAt));
      List<WorkloadEvent> events = new ArrayList<>(REPORTS.stream().map(this::event).toList());
      events.sort(Comparator.comparing(WorkloadEvent::firstDelivery));
      return new Workload(seed, messages, events);
    }

    private List<WorkloadMessage> messages() {
      List<Redelivery> redeliveries = redeliveries();
      List<WorkloadMessage> messages = new ArrayList<>();
      for (int order = 1; order <= ORDERS; order++) {
        Duration arrival = randomDuration(ARRIVAL_SPREAD);
        for (String step : STEPS) {
          Redelivery redelivery = redeliveries.get(messages.size());
          WorkItem workItem = workItem("order-" + order, step);
          messages.add(new WorkloadMessage(workItem, order, arrival.plus(delay(step)), redelivery));
        }
      }
      return messages;
    }

    private List<Redelivery> redeliveries() {
      int messageCount = ORDERS * STEPS.size();
      List<Redelivery> all = new ArrayList<>(Collections.nCopies(messageCount, Redelivery.NONE));
      Collections.fill(all.subList(0, REDELIVERIES_PER_KIND), Redelivery.DURING_PROCESSING);
      Collections.fill(
          all.subList(REDELIVERIES_PER_KIND, 2 * REDELIVERIES_PER_KIND),
          Redelivery.AFTER_PROCESSING);
      Collections.shuffle(all, random);
      return all;
    }

    private Duration delay(String step) {
      return step.equals(LAST_STEP)
          ? LAST_STEP_DELAY.plus(randomDuration(LAST_STEP_SPREAD))
          : randomDuration(BURST_SPREAD);
    }

    private WorkloadEvent event(String report) {
      Duration first = FIRST_EVENT_AT.plus(randomDuration(EVENT_SPREAD));
      return new WorkloadEvent(
          workItem(REPORT_SUBJECT, report), first, first.plus(randomDuration(BURST_SPREAD)));
    }

    private WorkItem workItem(String subject, String step) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      int durationMillis = random.nextInt(MIN_WORK_MILLIS, MAX_WORK_MILLIS + 1);
      return new WorkItem(subject, step, id.toString(), Duration.ofMillis(durationMillis));
    }

    private Duration randomDuration(Duration bound) {
      return Duration.ofMillis(random.nextLong(bound.toMillis()));
    }
  }
}
