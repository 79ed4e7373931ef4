package dev.holdfast.demo.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Everything that a run is fed with, drawn from a seed.
 *
 * <p>Four steps of an order are sent within {@link #BURST} of each other, the invoice some seconds
 * later: later than a hold can last, so that an order whose holder died is asked for again.
 *
 * @param seed what it was drawn from
 * @param messages in the order in which they are sent
 * @param events in the order of their first delivery
 */
public record Plan(long seed, List<PlannedMessage> messages, List<PlannedEvent> events) {
  /** How many orders there are, numbered from 1. */
  public static final int ORDERS = 40;

  /** The steps of every order, each a message of its own. */
  public static final List<String> STEPS = List.of("pay", "reserve", "pack", "ship", "invoice");

  /** The step that comes late. */
  public static final String LAST_STEP = "invoice";

  /** What every report is about. */
  public static final String REPORT_SUBJECT = "nightly-report";

  private static final List<String> REPORTS =
      List.of("sales", "stock", "returns", "taxes", "payouts", "carriers");
  private static final int REDELIVERIES_OF_EACH_KIND = 20;
  private static final Duration ARRIVALS = Duration.ofMillis(5_500);
  private static final Duration BURST = Duration.ofMillis(300);
  private static final Duration LAST_STEP_AFTER = Duration.ofSeconds(3);
  private static final Duration LAST_STEP_SPREAD = Duration.ofMillis(1_200);
  private static final Duration EVENTS_FROM = Duration.ofMillis(500);
  private static final Duration EVENTS_SPREAD = Duration.ofSeconds(6);
  private static final int SHORTEST_WORK_MILLIS = 30;
  private static final int LONGEST_WORK_MILLIS = 120;

  /** Copies the lists. */
  public Plan {
    messages = List.copyOf(messages);
    events = List.copyOf(events);
  }

  /**
   * Draws a plan.
   *
   * @param seed any number; the same one gives the same plan
   * @return 200 messages, 40 of them to be delivered twice, and some events
   */
  public static Plan seeded(long seed) {
    return new Draw(new Random(seed)).plan(seed);
  }

  /**
   * All work that must have been done at the end.
   *
   * @return the work of all messages and events
   */
  public List<PlannedWork> work() {
    return Stream.concat(
            messages.stream().map(PlannedMessage::work), events.stream().map(PlannedEvent::work))
        .toList();
  }

  /** The draws, in a fixed order. */
  private record Draw(Random random) {

    Plan plan(long seed) {
      List<PlannedMessage> messages = messages();
      messages.sort(Comparator.comparing(PlannedMessage::sendAt));
      List<PlannedEvent> events = new ArrayList<>(REPORTS.stream().map(this::event).toList());
      events.sort(Comparator.comparing(PlannedEvent::first));
      return new Plan(seed, messages, events);
    }

    private List<PlannedMessage> messages() {
      List<Redelivery> redeliveries = redeliveries();
      List<PlannedMessage> messages = new ArrayList<>();
      for (int order = 1; order <= ORDERS; order++) {
        Duration arrival = within(ARRIVALS);
        for (String step : STEPS) {
          Redelivery redelivery = redeliveries.get(messages.size());
          PlannedWork work = work("order-" + order, step);
          messages.add(new PlannedMessage(work, order, arrival.plus(delay(step)), redelivery));
        }
      }
      return messages;
    }

    private List<Redelivery> redeliveries() {
      int messages = ORDERS * STEPS.size();
      List<Redelivery> all = new ArrayList<>(Collections.nCopies(messages, Redelivery.NONE));
      Collections.fill(all.subList(0, REDELIVERIES_OF_EACH_KIND), Redelivery.WHILE_HANDLED);
      Collections.fill(
          all.subList(REDELIVERIES_OF_EACH_KIND, 2 * REDELIVERIES_OF_EACH_KIND),
          Redelivery.AFTER_HANDLED);
      Collections.shuffle(all, random);
      return all;
    }

    private Duration delay(String step) {
      return step.equals(LAST_STEP)
          ? LAST_STEP_AFTER.plus(within(LAST_STEP_SPREAD))
          : within(BURST);
    }

    private PlannedEvent event(String report) {
      Duration first = EVENTS_FROM.plus(within(EVENTS_SPREAD));
      return new PlannedEvent(work(REPORT_SUBJECT, report), first, first.plus(within(BURST)));
    }

    private PlannedWork work(String subject, String step) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      int takes = random.nextInt(SHORTEST_WORK_MILLIS, LONGEST_WORK_MILLIS + 1);
      return new PlannedWork(subject, step, id.toString(), Duration.ofMillis(takes));
    }

    private Duration within(Duration span) {
      return Duration.ofMillis(random.nextLong(span.toMillis()));
    }
  }
}
