package dev.holdfast.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Recursive descent parser of DynamoDB's condition expressions. The precedence, lowest first, is
 * OR, AND, NOT, comparisons.
 *
 * <p>It supports comparisons, BETWEEN, IN, attribute_exists, attribute_not_exists and
 * attribute_type on top-level attributes behind {@code #} placeholders. It rejects everything else
 * that DynamoDB supports with an {@link UnsupportedOperationException}.
 */
final class ConditionParser {
  private static final int MAX_LENGTH = 4096;
  private static final Set<String> UNSUPPORTED_FUNCTIONS =
      Set.of("begins_with", "contains", "size");

  private final TokenReader tokens;
  private final Set<String> names = new HashSet<>();
  private final Set<String> values = new HashSet<>();
  private final Set<String> contentCheckedValues = new HashSet<>();

  private ConditionParser(String text) {
    this.tokens = new TokenReader(text);
  }

  static ParsedCondition parse(String text) {
    if (text.isBlank()) {
      throw ServiceError.invalidCondition("The expression can not be empty;");
    }
    if (AttributeValues.utf8(text).length > MAX_LENGTH) {
      throw ServiceError.invalidCondition(
          "Expression size has exceeded the maximum allowed size; expression size: "
              + AttributeValues.utf8(text).length);
    }
    return new ConditionParser(text).parseExpression();
  }

  private ParsedCondition parseExpression() {
    ConditionExpression condition = parseOr();
    if (tokens.peek().kind() != Token.Kind.END) {
      throw tokens.syntaxError();
    }
    return new ParsedCondition(condition, names, values, contentCheckedValues);
  }

  private ConditionExpression parseOr() {
    ConditionExpression left = parseAnd();
    while (tokens.acceptKeyword("OR")) {
      left = new ConditionExpression.Or(left, parseAnd());
    }
    return left;
  }

  private ConditionExpression parseAnd() {
    ConditionExpression left = parseNot();
    while (tokens.acceptKeyword("AND")) {
      left = new ConditionExpression.And(left, parseNot());
    }
    return left;
  }

  private ConditionExpression parseNot() {
    return tokens.acceptKeyword("NOT") ? new ConditionExpression.Not(parseNot()) : parsePrimary();
  }

  private ConditionExpression parsePrimary() {
    if (tokens.acceptSymbol("(")) {
      return parseGroup();
    }
    return tokens.peek().kind() == Token.Kind.WORD ? parseFunction() : parseComparison();
  }

  private ConditionExpression parseGroup() {
    ConditionExpression inner = parseOr();
    tokens.expectSymbol(")");
    if (inner instanceof ConditionExpression.Group) {
      throw ServiceError.invalidCondition("The expression has redundant parentheses;");
    }
    return new ConditionExpression.Group(inner);
  }

  private ConditionExpression parseFunction() {
    Token function = tokens.next();
    if (!tokens.peek().isSymbol("(")) {
      throw new UnsupportedOperationException(
          "the simulated table requires # placeholders for attributes, because many names are"
              + " reserved words, got "
              + function.text());
    }
    return switch (function.text()) {
      case "attribute_exists" -> parseExists(function);
      case "attribute_not_exists" -> new ConditionExpression.Not(parseExists(function));
      case "attribute_type" -> parseType(function);
      default -> throw unsupportedFunction(function);
    };
  }

  private ConditionExpression parseExists(Token function) {
    return new ConditionExpression.AttributeExists(
        requireAttribute(function, parseArguments(function, 1).get(0)));
  }

  private ConditionExpression parseType(Token function) {
    List<Operand> operands = parseArguments(function, 2);
    if (operands.get(0) instanceof Operand.Attribute tested
        && operands.get(1) instanceof Operand.Value type) {
      contentCheckedValues.add(type.placeholder());
      return new ConditionExpression.AttributeTypeIs(tested, type);
    }
    throw new UnsupportedOperationException(
        "the simulated table supports attribute_type of an attribute and a value");
  }

  private List<Operand> parseArguments(Token function, int count) {
    tokens.expectSymbol("(");
    List<Operand> operands = parseOperands();
    if (operands.size() != count) {
      throw ServiceError.invalidCondition(
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

  private static Operand.Attribute requireAttribute(Token function, Operand operand) {
    if (operand instanceof Operand.Attribute attribute) {
      return attribute;
    }
    throw ServiceError.invalidCondition(
        "Operator or function requires a document path; operator or function: " + function.text());
  }

  private ConditionExpression parseComparison() {
    Operand left = parseOperand();
    Comparison operator = Comparison.of(tokens.peek());
    if (operator != null) {
      tokens.next();
      return new ConditionExpression.Compare(left, operator, parseOperand());
    }
    if (tokens.acceptKeyword("BETWEEN")) {
      return parseBetween(left);
    }
    if (tokens.acceptKeyword("IN")) {
      tokens.expectSymbol("(");
      return new ConditionExpression.In(left, parseOperands());
    }
    throw tokens.syntaxError();
  }

  private ConditionExpression parseBetween(Operand tested) {
    Operand low = parseBound();
    if (!tokens.acceptKeyword("AND")) {
      throw tokens.syntaxError();
    }
    return new ConditionExpression.Between(tested, low, parseBound());
  }

  /** Parses a bound of BETWEEN; the check of bounds depends on their values. */
  private Operand parseBound() {
    Operand bound = parseOperand();
    if (bound instanceof Operand.Value value) {
      contentCheckedValues.add(value.placeholder());
    }
    return bound;
  }

  private List<Operand> parseOperands() {
    List<Operand> operands = new ArrayList<>(List.of(parseOperand()));
    while (tokens.acceptSymbol(",")) {
      operands.add(parseOperand());
    }
    tokens.expectSymbol(")");
    return List.copyOf(operands);
  }

  private Operand parseOperand() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NAME -> parseAttribute(tokens.next().text());
      case VALUE -> parseValue(tokens.next().text());
      default -> throw tokens.syntaxError();
    };
  }

  private Operand parseAttribute(String placeholder) {
    String nextText = tokens.peek().text();
    if (nextText.equals(".") || nextText.equals("[")) {
      throw new UnsupportedOperationException(
          "the simulated table supports top-level attributes only, got a path below "
              + placeholder);
    }
    names.add(placeholder);
    return new Operand.Attribute(placeholder);
  }

  private Operand parseValue(String placeholder) {
    values.add(placeholder);
    return new Operand.Value(placeholder);
  }

  private static RuntimeException unsupportedFunction(Token function) {
    if (UNSUPPORTED_FUNCTIONS.contains(function.text())) {
      return new UnsupportedOperationException(
          "the simulated table supports attribute_exists, attribute_not_exists and attribute_type,"
              + " got "
              + function.text());
    }
    return ServiceError.invalidCondition("Invalid function name; function: " + function.text());
  }
}
