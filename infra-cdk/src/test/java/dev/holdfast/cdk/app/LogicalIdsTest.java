package dev.holdfast.cdk.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cdk.LockTable;
import dev.holdfast.cdk.SynthesizedTemplate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;

/**
 * CloudFormation replaces a resource whose logical id changes, so the lock table would be empty.
 */
final class LogicalIdsTest {

  @Test
  void logicalIds_equalCommittedFile() {
    List<String> ids =
        SynthesizedApp.WITH_SAMPLES.templates().entrySet().stream()
            .flatMap(stack -> logicalIds(stack.getKey(), stack.getValue()).stream())
            .toList();
    assertThat(ids)
        .as("logical-ids.txt: a changed id replaces the deployed resource; only add ids")
        .isEqualTo(committedIds());
  }

  @Test
  void canary_renamedTable_differsFromCommittedFile() {
    Stack stack = new Stack(SynthesizedApp.app(Map.of()), "HoldfastLocks");
    new LockTable(stack, "Renamed");
    List<String> ids = logicalIds("HoldfastLocks", SynthesizedTemplate.of(stack));
    assertThat(ids).singleElement().asString().contains("AWS::DynamoDB::Table");
    assertThat(committedIds())
        .contains("HoldfastLocks AWS::DynamoDB::Table Locks3E7D824A")
        .doesNotContainAnyElementsOf(ids);
  }

  private static List<String> logicalIds(String stack, SynthesizedTemplate template) {
    return template.resources().entrySet().stream()
        .map(entry -> stack + " " + entry.getValue().path("Type").asText() + " " + entry.getKey())
        .sorted()
        .toList();
  }

  private static List<String> committedIds() {
    return SynthesizedApp.committedFile("logical-ids.txt").lines().toList();
  }
}
