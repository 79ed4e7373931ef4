package dev.holdfast.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Identity-based policy with an evaluation like that of IAM. An access is denied unless a statement
 * allows it, and a statement that denies overrides all others. The class supports the elements,
 * operators and condition keys of Holdfast's policies and rejects all others.
 */
public final class IamPolicy {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LEADING_KEYS = "dynamodb:leadingkeys";
  private static final Set<String> SUPPORTED_ELEMENTS =
      Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition");

  /**
   * Compiled patterns. Tests evaluate hundreds of thousands of requests with the same few patterns.
   */
  private static final Map<String, Pattern> PATTERN_CACHE = new ConcurrentHashMap<>();

  private final List<JsonNode> statements;

  private IamPolicy(List<JsonNode> statements) {
    this.statements = statements;
  }

  /**
   * Parses a policy document of a template.
   *
   * @param json the document
   * @param arns the ARNs of the template's resources by logical id
   * @return the policy
   */
  public static IamPolicy parse(String json, Map<String, String> arns) {
    try {
      List<JsonNode> statements = asList(JSON.readTree(json).path("Statement"));
      return new IamPolicy(
          statements.stream().map(s -> requireSupported(resolveReferences(s, arns))).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("the policy must be JSON, got: " + json, e);
    }
  }

  /**
   * Returns whether the policy allows an access.
   *
   * @param request the access
   * @return true if at least one statement allows it and no statement denies it
   */
  public boolean allows(AccessRequest request) {
    Set<String> effects =
        statements.stream()
            .filter(statement -> applies(statement, request))
            .map(statement -> statement.path("Effect").asText())
            .collect(Collectors.toSet());
    return effects.equals(Set.of("Allow"));
  }

  /**
   * Evaluates all accesses of a request.
   *
   * @param operation the operation, for example {@code PutItem}
   * @param body the JSON body
   * @return the first operation that is denied; for a transaction, the operation of one item
   */
  public Optional<String> findDeniedOperation(String operation, String body) {
    return AccessRequest.parse(operation, body).stream()
        .filter(request -> !allows(request))
        .map(request -> request.action().substring("dynamodb:".length()))
        .findFirst();
  }

  private static boolean applies(JsonNode statement, AccessRequest request) {
    return matchesElement(
            statement,
            "Action",
            pattern -> matches(lowerCase(pattern), lowerCase(request.action())))
        && matchesElement(statement, "Resource", pattern -> matchesArn(pattern, request.tableArn()))
        && conditionHolds(statement.path("Condition"), request);
  }

  private static boolean matchesElement(
      JsonNode statement, String element, Predicate<String> matches) {
    boolean negated = statement.has("Not" + element);
    JsonNode patterns = statement.path(negated ? "Not" + element : element);
    return asList(patterns).stream().map(JsonNode::asText).anyMatch(matches) != negated;
  }

  private static boolean conditionHolds(JsonNode conditions, AccessRequest request) {
    Map<String, JsonNode> operators = new TreeMap<>();
    conditions.fields().forEachRemaining(c -> operators.put(c.getKey(), c.getValue()));
    return operators.entrySet().stream()
        .allMatch(
            c -> conditionHolds(c.getKey(), conditionValues(c.getValue()), request.leadingKeys()));
  }

  private static boolean conditionHolds(String operator, List<String> expected, List<String> keys) {
    return switch (operator) {
      case "ForAllValues:StringLike" -> keys.stream().allMatch(key -> matchesAny(expected, key));
      case "ForAnyValue:StringLike" -> keys.stream().anyMatch(key -> matchesAny(expected, key));
      case "ForAllValues:StringEquals" -> expected.containsAll(keys);
      case "ForAnyValue:StringEquals" -> keys.stream().anyMatch(expected::contains);
      case "Null" -> expected.contains(Boolean.toString(keys.isEmpty()));
      default -> throw unsupported("operator", operator);
    };
  }

  /** Returns the values of the only supported condition key. */
  private static List<String> conditionValues(JsonNode condition) {
    List<String> values = new ArrayList<>();
    condition
        .fields()
        .forEachRemaining(
            key -> {
              if (!lowerCase(key.getKey()).equals(LEADING_KEYS)) {
                throw unsupported("condition key", key.getKey());
              }
              asList(key.getValue()).forEach(value -> values.add(value.asText()));
            });
    return values;
  }

  private static boolean matchesAny(List<String> patterns, String value) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, value));
  }

  /**
   * Returns whether a pattern matches an ARN. A wildcard matches within one part of the ARN only.
   */
  private static boolean matchesArn(String pattern, String arn) {
    if (pattern.equals("*")) {
      return true;
    }
    String[] patterns = pattern.split(":", 6);
    String[] parts = arn.split(":", 6);
    boolean matches = patterns.length == parts.length;
    for (int i = 0; matches && i < parts.length; i++) {
      matches = matches(patterns[i], parts[i]);
    }
    return matches;
  }

  private static boolean matches(String pattern, String value) {
    return PATTERN_CACHE.computeIfAbsent(pattern, IamPolicy::compile).matcher(value).matches();
  }

  private static Pattern compile(String pattern) {
    String regex =
        Pattern.compile("[*?]|[^*?]+")
            .matcher(pattern)
            .replaceAll(
                part ->
                    Matcher.quoteReplacement(
                        switch (part.group()) {
                          case "*" -> ".*";
                          case "?" -> ".";
                          default -> Pattern.quote(part.group());
                        }));
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  private static JsonNode requireSupported(JsonNode statement) {
    statement
        .fieldNames()
        .forEachRemaining(
            element -> {
              if (!SUPPORTED_ELEMENTS.contains(element)) {
                throw unsupported("element", element);
              }
            });
    statement
        .path("Condition")
        .fields()
        .forEachRemaining(
            c -> conditionHolds(c.getKey(), conditionValues(c.getValue()), List.of()));
    return statement;
  }

  /** Returns the statement with ARNs instead of references to resources of the template. */
  private static JsonNode resolveReferences(JsonNode statement, Map<String, String> arns) {
    JsonNode logicalId = statement.at("/Resource/Fn::GetAtt/0");
    if (logicalId.isMissingNode()) {
      return statement;
    }
    String arn = Objects.requireNonNull(arns.get(logicalId.asText()), logicalId.asText());
    ObjectNode copy = statement.deepCopy();
    return copy.put("Resource", arn);
  }

  /** Returns the elements of a list. IAM accepts a single value instead of a list. */
  private static List<JsonNode> asList(JsonNode value) {
    List<JsonNode> values = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(values::add);
    } else if (!value.isMissingNode()) {
      values.add(value);
    }
    return values;
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static IllegalArgumentException unsupported(String what, String value) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT, "%s must be a supported one, got %s: add it to IamPolicy", what, value));
  }
}
