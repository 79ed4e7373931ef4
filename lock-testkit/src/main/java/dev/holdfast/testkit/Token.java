package dev.holdfast.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One word or sign of a condition expression, with where it stands in the text. */
record Token(Kind kind, String text, int start, int end) {
  enum Kind {
    NAME,
    VALUE,
    WORD,
    SIGN,
    UNKNOWN,
    END
  }

  private static final Pattern NEXT =
      Pattern.compile(
          "\\s*(?:(?<NAME>#\\w+)|(?<VALUE>:\\w+)|(?<WORD>[A-Za-z_]\\w*)"
              + "|(?<SIGN><>|<=|>=|[=<>(),])|(?<UNKNOWN>\\S))");

  static List<Token> of(String expression) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = NEXT.matcher(expression);
    while (matcher.find()) {
      tokens.add(of(matcher));
    }
    tokens.add(new Token(Kind.END, "<EOF>", expression.length(), expression.length()));
    return tokens;
  }

  private static Token of(Matcher matcher) {
    for (Kind kind : List.of(Kind.NAME, Kind.VALUE, Kind.WORD, Kind.SIGN)) {
      if (matcher.start(kind.name()) >= 0) {
        return token(kind, matcher);
      }
    }
    return token(Kind.UNKNOWN, matcher);
  }

  private static Token token(Kind kind, Matcher matcher) {
    String group = kind.name();
    return new Token(kind, matcher.group(group), matcher.start(group), matcher.end(group));
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /** Keywords are words whatever their case, as DynamoDB reads them. */
  boolean isKeyword(String keyword) {
    return kind == Kind.WORD && text.toUpperCase(Locale.ROOT).equals(keyword);
  }
}
