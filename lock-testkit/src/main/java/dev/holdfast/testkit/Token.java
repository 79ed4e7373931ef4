package dev.holdfast.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Token of a condition expression with its position in the text. */
record Token(Kind kind, String text, int start, int end) {
  enum Kind {
    NAME,
    VALUE,
    WORD,
    SYMBOL,
    UNKNOWN,
    END
  }

  private static final Pattern NEXT =
      Pattern.compile("\\s*(#\\w+|:\\w+|[A-Za-z_]\\w*|<>|<=|>=|[=<>(),]|\\S)");
  private static final String SYMBOLS = "<>=(),";

  static List<Token> tokenize(String expression) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = NEXT.matcher(expression);
    while (matcher.find()) {
      String text = matcher.group(1);
      tokens.add(new Token(classify(text), text, matcher.start(1), matcher.end(1)));
    }
    tokens.add(new Token(Kind.END, "<EOF>", expression.length(), expression.length()));
    return tokens;
  }

  /**
   * Classifies a token by its first character. A single {@code #} or {@code :} is not a
   * placeholder.
   */
  private static Kind classify(String text) {
    char first = text.charAt(0);
    if (first == '#' || first == ':') {
      return text.length() == 1 ? Kind.UNKNOWN : first == '#' ? Kind.NAME : Kind.VALUE;
    }
    if (SYMBOLS.indexOf(first) >= 0) {
      return Kind.SYMBOL;
    }
    boolean word = first == '_' || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
    return word ? Kind.WORD : Kind.UNKNOWN;
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Returns whether this token is a keyword. DynamoDB ignores the case of keywords. */
  boolean isKeyword(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }
}
