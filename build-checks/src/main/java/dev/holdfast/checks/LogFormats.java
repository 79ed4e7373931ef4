package dev.holdfast.checks;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rule for log statements: the format is a string literal that consists of {@code key=value} pairs.
 * A value is one token, one placeholder or a quoted text, so that CloudWatch Logs Insights can
 * parse it.
 */
final class LogFormats {

  private static final String LITERAL = "\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\"";

  private static final Pattern LITERAL_PATTERN = Pattern.compile(LITERAL);

  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?<![\\w\"])(?:LOG|LOGGER|log|logger(?:\\(\\))?)\\s*\\.\\s*(?:trace|debug|info|warn|error)\\s*\\(\\s*"
              + "((?:"
              + LITERAL
              + "(?:\\s*\\+\\s*"
              + LITERAL
              + ")*)?)(\\s*.)");

  private static final String PAIR = "[A-Za-z]\\w*=(?:\\{\\}|[\\w.:/+-]+|\"[^\"]*\")";

  private static final Pattern PAIRS = Pattern.compile(PAIR + "(?: " + PAIR + ")*");

  private LogFormats() {}

  static List<String> violations(SourceTree tree) {
    return tree.files().stream().flatMap(LogFormats::violations).toList();
  }

  private static Stream<String> violations(SourceFile file) {
    return STATEMENT
        .matcher(file.withoutComments())
        .results()
        .filter(statement -> !isPairsOnly(statement))
        .map(statement -> file.path() + ": " + statement.group());
  }

  private static boolean isPairsOnly(MatchResult statement) {
    String end = statement.group(2).strip();
    boolean wholeLiteral = end.equals(",") || end.equals(")");
    return wholeLiteral && PAIRS.matcher(join(statement.group(1))).matches();
  }

  private static String join(String literals) {
    return LITERAL_PATTERN
        .matcher(literals)
        .results()
        .map(literal -> literal.group().substring(1, literal.group().length() - 1))
        .collect(Collectors.joining())
        .replace("\\\"", "\"");
  }
}
