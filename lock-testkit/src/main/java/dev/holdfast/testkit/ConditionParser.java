package dev.holdfast.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads DynamoDB's condition expressions by recursive descent, loosest binding first: OR, AND, NOT,
 * then comparisons.
 *
 * <p>It knows comparisons, BETWEEN, IN, attribute_exists, attribute_not_exists and attribute_type
 * on top-level attributes behind {@code #} placeholders. What else DynamoDB knows is refused with
 * an {@link UnsupportedOperationException}, never misread.
 */
final class ConditionParser {
  private static final int LENGTH_MAX = 4096;
  private static final Set<String> FUNCTIONS_NOT_KNOWN = Set.of("begins_with", "contains", "size");

  private final Tokens tokens;
  private final Set<String> names = new HashSet<>();
  private final Set<String> values = new HashSet<>();
  private final Set<String> judged = new HashSet<>();

  private ConditionParser(String text) {
    this.tokens = new Tokens(text);
  }

  static ParsedCondition parse(String text) {
    if (text.isBlank()) {
      throw ServiceError.condition("The expression can not be empty;");
    }
    if (Values.utf8(text).length > LENGTH_MAX) {
      throw ServiceError.condition(
          "Expression size has exceeded the maximum allowed size; expression size: "
              + Values.utf8(text).length);
    }
    return new ConditionParser(text).whole();
  }

  private ParsedCondition whole() {
    Condition condition = or();
    if (tokens.peek().kind() != Token.Kind.END) {
      throw tokens.unexpected();
    }
    return new ParsedCondition(condition, names, values, judged);
  }

  private Condition or() {
    Condition left = and();
    while (tokens.takeKeyword("OR")) {
      left = new Condition.Or(left, and());
    }
    return left;
  }

  private Condition and() {
    Condition left = not();
    while (tokens.takeKeyword("AND")) {
      left = new Condition.And(left, not());
    }
    return left;
  }

  private Condition not() {
    return tokens.takeKeyword("NOT") ? new Condition.Not(not()) : primary();
  }

  private Condition primary() {
    if (tokens.takeSign("(")) {
      return group();
    }
    return tokens.peek().kind() == Token.Kind.WORD ? function() : comparison();
  }

  private Condition group() {
    Condition inner = or();
    tokens.expectSign(")");
    if (inner instanceof Condition.Group) {
      throw ServiceError.condition("The expression has redundant parentheses;");
    }
    return new Condition.Group(inner);
  }

  private Condition function() {
    Token function = tokens.next();
    if (!tokens.peek().isSign("(")) {
      throw new UnsupportedOperationException(
          "the simulated table wants attributes behind # placeholders, since many names are"
              + " reserved words, got "
              + function.text());
    }
    return switch (function.text()) {
      case "attribute_exists" -> exists(function);
      case "attribute_not_exists" -> new Condition.Not(exists(function));
      case "attribute_type" -> type(function);
      default -> throw notKnown(function);
    };
  }

  private Condition exists(Token function) {
    return new Condition.Exists(path(function, arguments(function, 1).get(0)));
  }

  private Condition type(Token function) {
    List<Operand> operands = arguments(function, 2);
    if (operands.get(0) instanceof Operand.Attribute tested
        && operands.get(1) instanceof Operand.Value type) {
      judged.add(type.placeholder());
      return new Condition.Typed(tested, type);
    }
    throw new UnsupportedOperationException(
        "the simulated table knows attribute_type of an attribute and a value");
  }

  private List<Operand> arguments(Token function, int count) {
    tokens.expectSign("(");
    List<Operand> operands = operands();
    if (operands.size() != count) {
      throw ServiceError.condition(
          String.format(
                  Locale.ROOT,
                  "Incorrect number of operands for operator or function; operator or function: %s,"
                      + " number",
                  function.text())
              + " of operands: "
              + operands.size());
    }
    return operands;
  }

  private static Operand.Attribute path(Token function, Operand operand) {
    if (operand instanceof Operand.Attribute attribute) {
      return attribute;
    }
    throw ServiceError.condition(
        "Operator or function requires a document path; operator or function: " + function.text());
  }

  private Condition comparison() {
    Operand left = operand();
    Comparison comparison = Comparison.of(tokens.peek());
    if (comparison != null) {
      tokens.next();
      return new Condition.Compared(left, comparison, operand());
    }
    if (tokens.takeKeyword("BETWEEN")) {
      return between(left);
    }
    if (tokens.takeKeyword("IN")) {
      tokens.expectSign("(");
      return new Condition.In(left, operands());
    }
    throw tokens.unexpected();
  }

  private Condition between(Operand tested) {
    Operand low = bound();
    if (!tokens.takeKeyword("AND")) {
      throw tokens.unexpected();
    }
    return new Condition.Between(tested, low, bound());
  }

  /** Of bounds, the check looks at the values, too. */
  private Operand bound() {
    Operand bound = operand();
    if (bound instanceof Operand.Value value) {
      judged.add(value.placeholder());
    }
    return bound;
  }

  private List<Operand> operands() {
    List<Operand> operands = new ArrayList<>(List.of(operand()));
    while (tokens.takeSign(",")) {
      operands.add(operand());
    }
    tokens.expectSign(")");
    return List.copyOf(operands);
  }

  private Operand operand() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NAME -> attribute(tokens.next().text());
      case VALUE -> value(tokens.next().text());
      default -> throw tokens.unexpected();
    };
  }

  private Operand attribute(String placeholder) {
    String sign = tokens.peek().text();
    if (sign.equals(".") || sign.equals("[")) {
      throw new UnsupportedOperationException(
          "the simulated table knows top-level attributes only, got a path below " + placeholder);
    }
    names.add(placeholder);
    return new Operand.Attribute(placeholder);
  }

  private Operand value(String placeholder) {
    values.add(placeholder);
    return new Operand.Value(placeholder);
  }

  private static RuntimeException notKnown(Token function) {
    if (FUNCTIONS_NOT_KNOWN.contains(function.text())) {
      return new UnsupportedOperationException(
          "the simulated table knows attribute_exists, attribute_not_exists and attribute_type,"
              + " got "
              + function.text());
    }
    return ServiceError.condition("Invalid function name; function: " + function.text());
  }
}
