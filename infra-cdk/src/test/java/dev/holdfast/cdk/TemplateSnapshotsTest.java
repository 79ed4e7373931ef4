package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.ManagedPolicy;

/**
 * Snapshots of the synthesized table and policies. The contract tests of the lock and the tests of
 * the handlers use these files. If a test here fails, update the file, so that those tests use the
 * table and the policies that are deployed.
 */
final class TemplateSnapshotsTest {

  private static final Path FOLDER =
      Path.of("..", "policy-checks", "src", "main", "resources", "dev", "holdfast", "policy");

  private static SynthesizedTemplate template;

  @BeforeAll
  static void synthesize() {
    Stack stack = new Stack(new App(), "Stack");
    LockTable locks = new LockTable(stack, "Locks");
    locks.grantLocking(new ManagedPolicy(stack, "Locking"));
    locks.grantLocking(new ManagedPolicy(stack, "Prefix"), "contract/");
    locks.grantOwnershipChecks(new ManagedPolicy(stack, "Checks"));
    template = SynthesizedTemplate.of(stack);
  }

  @Test
  void lockTableFile_equalsSynthesizedTable() throws IOException {
    assertThat(file("lock-table"))
        .isEqualTo(template.onlyResourceProperties("AWS::DynamoDB::Table"));
  }

  @Test
  void lockingFile_equalsSynthesizedPolicy() throws IOException {
    assertThat(file("locking")).isEqualTo(policy("Locking"));
  }

  @Test
  void lockingWithPrefixFile_equalsSynthesizedPolicy() throws IOException {
    assertThat(file("locking-with-prefix")).isEqualTo(policy("Prefix"));
  }

  @Test
  void ownershipChecksFile_equalsSynthesizedPolicy() throws IOException {
    assertThat(file("ownership-checks")).isEqualTo(policy("Checks"));
  }

  @Test
  void canary_differentPolicy_doesNotEqualFile() throws IOException {
    ObjectNode other = policy("Locking").deepCopy();
    other.withArray("Statement").remove(0);
    assertThat(file("locking")).isNotEqualTo(other);
  }

  private static JsonNode file(String name) throws IOException {
    return json(Files.readString(FOLDER.resolve(name + ".json")));
  }

  private static JsonNode policy(String id) {
    return template.propertiesByLogicalId("AWS::IAM::ManagedPolicy").entrySet().stream()
        .filter(policy -> policy.getKey().startsWith(id))
        .map(policy -> policy.getValue().path("PolicyDocument"))
        .findAny()
        .orElseThrow();
  }
}
