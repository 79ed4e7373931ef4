package dev.holdfast.demo.plan;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

final class PlanTest {
  private final Plan plan = Plan.seeded(1);

  @Test
  void seeded_withTheSameSeed_isTheSame() {
    assertThat(Plan.seeded(1)).isEqualTo(plan);
    assertThat(Plan.seeded(2)).isNotEqualTo(plan);
  }

  @Test
  void messages_areFiveStepsForEachOfFortyOrders() {
    assertThat(plan.messages()).hasSize(200);
    assertThat(plan.messages().stream().collect(groupingBy(PlannedMessage::order, counting())))
        .hasSize(40)
        .allSatisfy((order, steps) -> assertThat(steps).isEqualTo(5));
    assertThat(plan.work()).hasSize(206).doesNotHaveDuplicates();
    assertThat(plan.work()).extracting(PlannedWork::id).doesNotHaveDuplicates();
  }

  @Test
  void messages_aFifthIsDeliveredTwice() {
    assertThat(plan.messages())
        .filteredOn(message -> message.redelivery() == Redelivery.WHILE_HANDLED)
        .hasSize(20);
    assertThat(plan.messages())
        .filteredOn(message -> message.redelivery() == Redelivery.AFTER_HANDLED)
        .hasSize(20);
  }

  @Test
  void messages_areSortedByTheTimeOfTheirSending() {
    assertThat(plan.messages()).isSortedAccordingTo(Comparator.comparing(PlannedMessage::sendAt));
  }

  @Test
  void work_takesThirtyToHundredAndTwentyMilliseconds() {
    assertThat(plan.work())
        .extracting(PlannedWork::takes)
        .allSatisfy(
            takes -> assertThat(takes).isBetween(Duration.ofMillis(30), Duration.ofMillis(120)));
  }

  @Test
  void body_isWhatTheSampleReads() {
    PlannedWork work = new PlannedWork("order-17", "pay", "id-1", Duration.ofMillis(57));
    assertThat(new PlannedMessage(work, 17, Duration.ZERO, Redelivery.NONE).body())
        .isEqualTo("{\"order\":17,\"step\":\"pay\",\"id\":\"id-1\",\"takesMillis\":57}");
  }
}
