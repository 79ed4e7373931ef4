package dev.holdfast.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rule for the arguments of log statements: a name, an id, a key, a holder or another free text is
 * passed through {@code LogText.value}, so that it can neither forge a line nor a pair.
 */
final class LogArguments {

  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?<![\\w\"])(?:\\w*LOG|LOGGER|log|logger(?:\\(\\))?)\\s*\\.\\s*(?:trace|debug|info|warn|error)\\s*\\(");

  private static final Pattern FREE_TEXT =
      Pattern.compile("(?i).*(name|id|key|holder|work|text|message|description|label)(\\(\\))?");

  private LogArguments() {}

  static List<String> violations(SourceTree tree) {
    return tree.files().stream().flatMap(LogArguments::violations).toList();
  }

  private static Stream<String> violations(SourceFile file) {
    String code = file.code();
    return STATEMENT
        .matcher(code)
        .results()
        .map(MatchResult::end)
        .flatMap(start -> arguments(code, start).stream())
        .filter(argument -> !argument.contains("LogText.value("))
        .filter(argument -> FREE_TEXT.matcher(argument).matches())
        .map(argument -> file.path() + ": " + argument);
  }

  /** Returns the arguments of a call, without white space. */
  private static List<String> arguments(String code, int start) {
    List<String> arguments = new ArrayList<>();
    StringBuilder argument = new StringBuilder();
    int depth = 0;
    for (int i = start; i < code.length() && depth >= 0; i++) {
      char c = code.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0 || (depth == 0 && c == ',')) {
        arguments.add(argument.toString());
        argument.setLength(0);
      } else if (!Character.isWhitespace(c)) {
        argument.append(c);
      }
    }
    return arguments;
  }
}
