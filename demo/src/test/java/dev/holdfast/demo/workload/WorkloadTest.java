package dev.holdfast.demo.workload;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.demo.workload.WorkloadMessage.Redelivery;
import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

final class WorkloadTest {
  private final Workload workload = Workload.generate(1);

  @Test
  void generate_sameSeed_isEqual() {
    assertThat(Workload.generate(1)).isEqualTo(workload);
    assertThat(Workload.generate(2)).isNotEqualTo(workload);
  }

  @Test
  void messages_areFiveStepsForEachOfFortyOrders() {
    assertThat(workload.messages()).hasSize(200);
    assertThat(workload.messages().stream().collect(groupingBy(WorkloadMessage::order, counting())))
        .hasSize(40)
        .allSatisfy((order, steps) -> assertThat(steps).isEqualTo(5));
    assertThat(workload.workItems()).hasSize(206).doesNotHaveDuplicates();
    assertThat(workload.workItems()).extracting(WorkItem::id).doesNotHaveDuplicates();
  }

  @Test
  void messages_oneFifthIsDeliveredTwice() {
    assertThat(workload.messages())
        .filteredOn(message -> message.redelivery() == Redelivery.DURING_PROCESSING)
        .hasSize(20);
    assertThat(workload.messages())
        .filteredOn(message -> message.redelivery() == Redelivery.AFTER_PROCESSING)
        .hasSize(20);
  }

  @Test
  void messages_areSortedBySendTime() {
    assertThat(workload.messages())
        .isSortedAccordingTo(Comparator.comparing(WorkloadMessage::sendAt));
  }

  @Test
  void workItems_takeThirtyToOneHundredTwentyMilliseconds() {
    assertThat(workload.workItems())
        .extracting(WorkItem::duration)
        .allSatisfy(
            duration ->
                assertThat(duration).isBetween(Duration.ofMillis(30), Duration.ofMillis(120)));
  }

  @Test
  void body_hasFormatThatSampleReads() {
    WorkItem workItem = new WorkItem("order-17", "pay", "id-1", Duration.ofMillis(57));
    assertThat(new WorkloadMessage(workItem, 17, Duration.ZERO, Redelivery.NONE).body())
        .isEqualTo("{\"order\":17,\"step\":\"pay\",\"id\":\"id-1\",\"takesMillis\":57}");
  }
}
