package dev.holdfast.cdk.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cdk.LockTable;
import dev.holdfast.cdk.SynthesizedTemplate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;

/** A logical id that changes makes CloudFormation replace the resource: a new, empty lock table. */
final class LogicalIdsTest {

  @Test
  void logicalIds_areTheCommittedOnes() {
    List<String> ids =
        SynthesizedApp.WITH_SAMPLES.templates().entrySet().stream()
            .flatMap(stack -> ids(stack.getKey(), stack.getValue()).stream())
            .toList();
    assertThat(ids)
        .as("logical-ids.txt: an id that changes replaces what is deployed; add, never change")
        .isEqualTo(committed());
  }

  @Test
  void canary_tableUnderAnotherId_isNotTheCommittedOne() {
    Stack stack = new Stack(SynthesizedApp.app(Map.of()), "HoldfastLocks");
    new LockTable(stack, "Renamed");
    List<String> ids = ids("HoldfastLocks", SynthesizedTemplate.of(stack));
    assertThat(ids).singleElement().asString().contains("AWS::DynamoDB::Table");
    assertThat(committed())
        .contains("HoldfastLocks AWS::DynamoDB::Table Locks3E7D824A")
        .doesNotContainAnyElementsOf(ids);
  }

  private static List<String> ids(String stack, SynthesizedTemplate template) {
    return template.resources().entrySet().stream()
        .map(entry -> stack + " " + entry.getValue().path("Type").asText() + " " + entry.getKey())
        .sorted()
        .toList();
  }

  private static List<String> committed() {
    return SynthesizedApp.committed("logical-ids.txt").lines().toList();
  }
}
