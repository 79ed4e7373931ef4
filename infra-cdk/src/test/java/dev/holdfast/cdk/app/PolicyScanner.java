package dev.holdfast.cdk.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cdk.SynthesizedTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Scanner for too broad policies in a template. It reports DynamoDB actions other than those for
 * locking, wildcard actions, wildcard resources and negated elements such as NotAction. It also
 * reports AWS managed policies, because it does not know their content.
 */
final class PolicyScanner {

  private static final Set<String> LOCKING = Set.of("dynamodb:putitem", "dynamodb:deleteitem");
  private static final List<String> NEGATED_ELEMENTS =
      List.of("NotAction", "NotResource", "NotPrincipal");

  private final List<String> findings = new ArrayList<>();

  private PolicyScanner() {}

  static List<String> findings(SynthesizedTemplate template) {
    PolicyScanner scanner = new PolicyScanner();
    template.resources().forEach(scanner::visit);
    return scanner.findings;
  }

  private void visit(String id, JsonNode value) {
    asList(value.path("Statement")).forEach(statement -> checkStatement(id, statement));
    for (JsonNode arn : asList(value.path("ManagedPolicyArns"))) {
      findings.add("%s: managed policy %s".formatted(id, arn.asText()));
    }
    value.forEach(element -> visit(id, element));
  }

  private void checkStatement(String id, JsonNode statement) {
    if (statement.path("Effect").asText().equals("Deny")) {
      return;
    }
    NEGATED_ELEMENTS.stream()
        .filter(statement::has)
        .forEach(element -> findings.add("%s: %s".formatted(id, element)));
    JsonNode resources = statement.path("Resource");
    asList(statement.path("Action")).forEach(action -> checkAction(id, action.asText(), resources));
    for (JsonNode resource : asList(resources)) {
      if (resource.asText().equals("*")) {
        findings.add("%s: resource *".formatted(id));
      }
    }
  }

  private void checkAction(String id, String action, JsonNode resources) {
    String lowerCase = action.toLowerCase(Locale.ROOT);
    boolean pattern = action.contains("*") || action.contains("?");
    boolean otherDynamoDb = lowerCase.startsWith("dynamodb:") && !LOCKING.contains(lowerCase);
    if (pattern || otherDynamoDb) {
      findings.add("%s: action %s on %s".formatted(id, action, resources));
    }
  }

  /** Returns the elements. IAM accepts a single value instead of a list. */
  private static List<JsonNode> asList(JsonNode value) {
    List<JsonNode> values = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(values::add);
    } else if (!value.isMissingNode()) {
      values.add(value);
    }
    return values;
  }
}
